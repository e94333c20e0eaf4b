/** The length of files that people read. */
import type { Problem, SourceFile } from "./problem.ts";

/** A file above this many lines holds more than one thing. */
export const MAX_LINES = 400;

const FOLDERS = /^(?:src|scripts|tests|python)\//;
const LANGUAGES = /\.(?:[cm]?[jt]s|[jt]sx|py)$/;
/** Written by a program from a schema: nobody reads them from top to bottom. */
const GENERATED = /\/generated\//;

/** Source files that are too long. */
export function checkFileLength(files: readonly SourceFile[]): Problem[] {
  return files.flatMap(({ path, text }) => {
    if (!FOLDERS.test(path) || !LANGUAGES.test(path) || GENERATED.test(path)) return [];
    const lines = text.split("\n").length - (text.endsWith("\n") ? 1 : 0);
    if (lines <= MAX_LINES) return [];
    const message = `has ${lines} lines, the limit is ${MAX_LINES}: split it by what it is about`;
    return [{ file: path, line: MAX_LINES + 1, message }];
  });
}
