/** Reading input files, with trouble told as records. */
import { CobreError } from "../protocol/mod.ts";
import { describeIoFault } from "./io_fault.ts";

/** All bytes of an input file; a `MissingFile` that says why when they cannot be had. */
export async function readInputBytes(path: string, file: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return await Deno.readFile(path);
  } catch (thrown) {
    throw unreadable(file, thrown);
  }
}

/** The `MissingFile` for an input file that could not be read. */
export function unreadable(file: string, thrown: unknown): CobreError {
  const reason = describeIoFault(thrown);
  return CobreError.of("MissingFile", `Cannot read ${file}: ${reason}`, { file }, null, thrown);
}
