/** Numbers of things in sentences. */

/** `1 bus`, `2 buses`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
