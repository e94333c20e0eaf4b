/** Exceptions from the linter, the type system and the rule that only front ends print. */
import { maskSource } from "./masked_source.ts";
import { isScript, lineAt, type Problem, problemsOfMatches, type SourceFile } from "./problem.ts";

/**
 * Files at an edge where foreign values have no type that TypeScript could check, with the reason.
 * An entry that is no longer needed is a problem too.
 */
export const EDGE_FILES: Readonly<Record<string, string>> = {
  "tests/support/case_files.ts": "tests change JSON documents of every shape in place",
};

const MAY_PRINT = /^(?:src\/(?:cli|tui|serve|rpc)|scripts|tests)\//;
const DIRECTIVE = /deno-lint-ignore(?:-file)?\b([^\n]*)/g;
const ANY_RULE = "no-explicit-any";

/** `any` outside the edge files, printing below the front ends, and exceptions without a reason. */
export function checkLintExceptions(
  files: readonly SourceFile[],
  edgeFiles: Readonly<Record<string, string>> = EDGE_FILES,
): Problem[] {
  const problems: Problem[] = [];
  const needed = new Set<string>();
  for (const file of files) {
    if (!isScript(file.path)) continue;
    const { code, comments } = maskSource(file.text);
    for (const match of comments.matchAll(DIRECTIVE)) {
      const [rules, reason] = match[1]!.split(/\s--\s/);
      const report = (message: string): void => {
        problems.push({ file: file.path, line: lineAt(comments, match.index), message });
      };
      if (!/\w{2}/.test(reason ?? "")) {
        report("silences the linter without saying why: add ` -- reason` to the comment");
      }
      if (!rules!.includes(ANY_RULE)) continue;
      if (file.path in edgeFiles) needed.add(file.path);
      else report("uses `any`: take `unknown` and check it, or list the file as an edge");
    }
    if (!MAY_PRINT.test(file.path)) {
      problems.push(...problemsOfMatches(
        file.path,
        code,
        /(?<![.\w$])(?:globalThis\.)?console\s*[.[?]/g,
        () => "prints to the console: return data or emit an event, and let a front end show it",
      ));
    }
  }
  for (const path of Object.keys(edgeFiles)) {
    if (needed.has(path)) continue;
    const message = `${path} is listed as an edge file but uses no \`any\`: remove the entry`;
    problems.push({ file: "scripts/check/lint_exceptions.ts", line: null, message });
  }
  return problems;
}
