/** The doors of a room, `mod.ts` above all, re-export by name and hold nothing else. */
import { maskSource } from "./masked_source.ts";
import { isScript, lineAt, type Problem, problemsOfMatches, type SourceFile } from "./problem.ts";
import { doorsOf, roomOf } from "./rooms.ts";

const REEXPORT = /\bexport\s+(?:type\s+)?\{[^}]*\}\s*from\s*(["'])\s*\1\s*;?/g;

/** Wildcard exports anywhere, and anything but named re-exports in a door of a room. */
export function checkModFiles(files: readonly SourceFile[]): Problem[] {
  return files.filter((file) => isScript(file.path)).flatMap((file) => {
    const code = maskSource(file.text).code;
    const problems = problemsOfMatches(
      file.path,
      code,
      /\bexport\s*(?:type\s*)?\*/g,
      () => "exports everything at once: name each symbol, so that what is public is so on purpose",
    );
    if (problems.length === 0 && isDoor(file.path)) {
      const rest = code.replace(REEXPORT, (found) => found.replace(/[^\n]/g, " "));
      const offset = rest.search(/\S/);
      if (offset >= 0) {
        problems.push({
          file: file.path,
          line: lineAt(rest, offset),
          message: "holds more than named re-exports: move this into a file of the room",
        });
      }
    }
    return problems;
  });
}

function isDoor(path: string): boolean {
  const room = roomOf(path);
  return room !== null && doorsOf(room).includes(path);
}
