/** Lock files, which must be the same for everybody whatever registry they install from. */
import { type Problem, problemsOfMatches, type SourceFile } from "./problem.ts";

const LOCK_FILE = /(?:^|\/)(?:deno\.lock|package-lock\.json|requirements[\w-]*\.txt|uv\.lock)$/;
const REGISTRY_TRACE = /"(?:tarball|resolved)"|https?:\/\/|^--(?:extra-)?index-url|^--find-links/gm;

/** Traces of the registry that a lock file was written with. */
export function checkLockFiles(files: readonly SourceFile[]): Problem[] {
  return files.filter((file) => LOCK_FILE.test(file.path)).flatMap((file) =>
    problemsOfMatches(
      file.path,
      file.text,
      REGISTRY_TRACE,
      (found) =>
        `names a registry by ${found}: delete the line, the checksum identifies the package`,
    )
  );
}
