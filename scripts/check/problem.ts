/** What a check found, as data: the caller decides how to show it. */

/** One problem in one file. */
export interface Problem {
  /** Path relative to the root of the repository, with forward slashes. */
  readonly file: string;
  /** Line counted from 1, or null where the whole file is meant. */
  readonly line: number | null;
  /** What is wrong and what to do about it. */
  readonly message: string;
}

/** A file of the tree with its content. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** The line, counted from 1, on which an offset of a text lies. */
export function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf("\n"); at >= 0 && at < offset; at = text.indexOf("\n", at + 1)) line++;
  return line;
}

/** One problem for each match of a global pattern in `searched`, which may be a masked text. */
export function problemsOfMatches(
  path: string,
  searched: string,
  pattern: RegExp,
  message: (found: string) => string,
): Problem[] {
  return [...searched.matchAll(pattern)].map((match) => ({
    file: path,
    line: lineAt(searched, match.index),
    message: message(match[0]),
  }));
}

/** A problem as one line for people and editors. */
export function formatProblem(problem: Problem): string {
  const place = problem.line === null ? problem.file : `${problem.file}:${problem.line}`;
  return `${place}: ${problem.message}`;
}

/** Whether a path is TypeScript or JavaScript source. */
export function isScript(path: string): boolean {
  return /\.(?:[cm]?[jt]s|[jt]sx)$/.test(path);
}

/** Whether a path belongs to the tests; a suite holds tests that several implementations share. */
export function isTest(path: string): boolean {
  return path.startsWith("tests/") || path.startsWith("python/tests/") ||
    /_(?:test|suite)\.[jt]sx?$/.test(path);
}
