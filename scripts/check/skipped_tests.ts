/** Tests that are focused, or skipped in silence. */
import { maskSource } from "./masked_source.ts";
import { isScript, lineAt, type Problem, problemsOfMatches, type SourceFile } from "./problem.ts";

const FOCUSED = /\b(?:test|it|describe)\.only\b|\bonly:\s*true\b/g;
const SKIPPED = /\b(?:test|it|describe)\.(?:ignore|skip)\b|\b(?:ignore|skip):\s*true\b/g;

/**
 * `only` hides every other test. A test that is always skipped carries a comment that says why, on
 * its line or the line above; one that is skipped on a condition explains itself by the condition.
 */
export function checkSkippedTests(files: readonly SourceFile[]): Problem[] {
  const tests = files.filter((file) => isScript(file.path) && /_test\.[jt]sx?$/.test(file.path));
  return tests.flatMap((file) => {
    const { code, comments } = maskSource(file.text);
    const explained = comments.split("\n").map((line) => /(?:\p{L}+[\s,]+){2}\p{L}/u.test(line));
    const focused = problemsOfMatches(
      file.path,
      code,
      FOCUSED,
      () => "runs this test alone: remove `only`, the other tests are hidden",
    );
    const skipped = [...code.matchAll(SKIPPED)].flatMap((match): Problem[] => {
      const line = lineAt(code, match.index);
      if (explained[line - 1] || explained[line - 2]) return [];
      const message = "skips this test in silence: say why in a comment on this line, or run it";
      return [{ file: file.path, line, message }];
    });
    return [...focused, ...skipped];
  });
}
