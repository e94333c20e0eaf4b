/** What no tracked text may hold: places of one machine, and work left for another day. */
import { isTest, type Problem, problemsOfMatches, type SourceFile } from "./problem.ts";

const CHECKSUMS = /(?:^|\/)(?:deno\.lock|package-lock\.json)$/;
const MACHINE_PATH = /\/(?:work|root|farm)\/|(?<![\w.])\/home\/\w/g;
const TEMPORARY_PATH = /(?<![\w.])\/tmp\//g;
// The last letter stands in a class so that this file does not find itself.
const DEFERRED_WORK = /\b(?:TOD[O]|FIXM[E]|XX[X]|HAC[K])\b/g;

/** Absolute paths that exist on the machine of one developer only. */
export function checkMachinePaths(files: readonly SourceFile[]): Problem[] {
  return files.filter((file) => !CHECKSUMS.test(file.path)).flatMap((file) => {
    const report = (pattern: RegExp): Problem[] =>
      problemsOfMatches(
        file.path,
        file.text,
        pattern,
        (found) => `holds ${found}, a place on one machine: use a path relative to the repository`,
      );
    const temporary = isTest(file.path) ? [] : report(TEMPORARY_PATH);
    return [...report(MACHINE_PATH), ...temporary];
  });
}

/** Marks of unfinished work. */
export function checkDeferredWork(files: readonly SourceFile[]): Problem[] {
  return files.filter((file) => !CHECKSUMS.test(file.path)).flatMap((file) =>
    problemsOfMatches(
      file.path,
      file.text,
      DEFERRED_WORK,
      (found) => `says ${found}: do it now, or describe the limit where a user will read it`,
    )
  );
}
