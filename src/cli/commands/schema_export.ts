/** `cobre schema export` */
import { counted, envelope } from "../../protocol/mod.ts";
import { exportSchemas } from "../../study/mod.ts";
import type { Answer, CommandEnvironment } from "../command.ts";

interface Flags {
  readonly "output-dir"?: string | undefined;
}

/** Writes the schemas. */
export async function run({ log }: CommandEnvironment, flags: Flags): Promise<Answer> {
  const { directory, files } = await exportSchemas(flags["output-dir"] ?? ".");
  log.write("info", "exported schemas", { directory, files: files.length });
  return {
    envelope: envelope({
      command: "schema",
      data: { output_directory: directory, files },
      summary: { file_count: files.length },
    }),
    notes: () => `Exported ${counted(files.length, "schema file")} to ${directory}\n`,
  };
}
