/** Folders that an operation writes to. */
import { CobreError } from "../protocol/mod.ts";

/** Makes a folder and those above it; it may be there already. */
export async function makeFolder(path: string): Promise<void> {
  try {
    await Deno.mkdir(path, { recursive: true });
  } catch (thrown) {
    const detail = thrown instanceof Error ? thrown.message : String(thrown);
    throw CobreError.of(
      "OutputWriteFailed",
      `Cannot create the folder ${path}: ${detail}`,
      { path, operation: "create", detail },
      null,
      thrown,
    );
  }
}
