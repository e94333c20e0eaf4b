/** Memory that all threads see. */

/** Room for numbers in shared memory. */
export function allocateShared(length: number): Float64Array {
  return new Float64Array(new SharedArrayBuffer(8 * length));
}
