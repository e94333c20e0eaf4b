/** Files in a case directory that look like its own but are none. */
import { posix } from "node:path";
import { nearest } from "../protocol/mod.ts";
import { KNOWN_FILES } from "./known_files.ts";
import type { Problems } from "./problem.ts";

/** Folders in which every data file should be one that is read. */
const FOLDERS = ["system", "scenarios", "constraints"] as const;

/** Endings of files with data, be they the right ones or those of a spreadsheet. */
const DATA = /\.(json|parquet|csv|xlsx?)$/i;

/**
 * Warns of data files that are never read: in the folders of a case every one that is not known,
 * beside `config.json` only those whose name is almost that of a known file.
 */
export async function reportUnknownFiles(directory: string, problems: Problems): Promise<void> {
  const known = new Set<string>(KNOWN_FILES);
  for (const folder of ["", ...FOLDERS]) {
    for (const name of await fileNames(folder === "" ? directory : `${directory}/${folder}`)) {
      const file = folder === "" ? name : `${folder}/${name}`;
      if (known.has(file) || !DATA.test(name)) continue;
      const meant = meantFile(name);
      if (folder === "" && meant === null) continue;
      const detail = "Cobre reads no file of this name";
      problems.warning(
        2,
        "IgnoredInput",
        `${file} has no effect: ${detail}`,
        { file, rule: "L2.unknown_file", detail },
        meant === null ? null : `Did you mean ${meant}?`,
      );
    }
  }
}

/** The known file with almost the same name, in whatever folder and with whatever ending. */
function meantFile(name: string): string | null {
  const stems = KNOWN_FILES.map((file) => posix.parse(file).name);
  const stem = nearest(posix.parse(name).name, stems);
  return stem === null ? null : KNOWN_FILES[stems.indexOf(stem)]!;
}

/** Names of the files of a folder, sorted; none where it cannot be listed. */
async function fileNames(folder: string): Promise<string[]> {
  const names: string[] = [];
  try {
    for await (const entry of Deno.readDir(folder)) if (!entry.isDirectory) names.push(entry.name);
  } catch {
    // What keeps the folder from being read is reported for the files that are wanted from it.
    return [];
  }
  return names.sort();
}
