/** Sources that an ignore rule hides, which exist for their author only. */
import { isScript, type Problem } from "./problem.ts";

const FOLDERS = /^(?:src|scripts|tests|python|docs)\//;

/** Given the paths that git ignores, those that look like a part of the repository. */
export function checkIgnoredSources(ignored: readonly string[]): Problem[] {
  return ignored.filter((path) =>
    FOLDERS.test(path) && !path.includes("/node_modules/") && !path.includes("/.venv/") &&
    (isScript(path) || /\.(?:py|md)$/.test(path))
  ).map((path) => ({
    file: path,
    line: null,
    message: "is hidden from git by .gitignore: begin the rule with / or move the file",
  }));
}
