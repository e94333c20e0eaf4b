/** What Deno's own checks print, read into problems. */
import type { Problem } from "./problem.ts";

/** How a run of a child process ended. */
export interface ChildResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

type Reader = (child: ChildResult, root: string) => Problem[];

/** Problems of a child process; one that failed without a readable reason shows all it printed. */
export function problemsOfChild(
  child: ChildResult,
  root: string,
  read: Reader,
  what: string,
): Problem[] {
  if (child.code === 0) return [];
  const problems = read(child, root);
  if (problems.length > 0) return problems;
  const message = `${what} ended with ${child.code}:\n${child.stdout}${child.stderr}`.trimEnd();
  return [{ file: "deno.json", line: null, message }];
}

/** Reads `deno fmt --check`. */
export function readFormat({ stderr }: ChildResult, root: string): Problem[] {
  return [...stderr.matchAll(/^from (.+):$/gm)].map((match) => ({
    file: relative(match[1]!, root),
    line: null,
    message: "is not formatted: run deno fmt",
  }));
}

/** Reads `deno lint --json`. */
export function readLint({ stdout }: ChildResult, root: string): Problem[] {
  const report = JSON.parse(stdout) as LintReport;
  const diagnostics = report.diagnostics.map((found) => ({
    file: relative(found.filename, root),
    line: found.range.start.line,
    message: `${found.code}: ${found.message}${found.hint ? `. ${found.hint}` : ""}`,
  }));
  const unreadable = report.errors.map((error) => ({
    file: relative(error.file_path, root),
    line: null,
    message: `cannot be linted: ${error.message}`,
  }));
  return [...diagnostics, ...unreadable];
}

interface LintReport {
  readonly diagnostics: readonly {
    readonly filename: string;
    readonly range: { readonly start: { readonly line: number } };
    readonly code: string;
    readonly message: string;
    readonly hint?: string;
  }[];
  readonly errors: readonly { readonly file_path: string; readonly message: string }[];
}

/** Reads `deno check`: each problem is a message followed by the place it is about. */
export function readTypes({ stderr }: ChildResult, root: string): Problem[] {
  const problems: Problem[] = [];
  let message: string[] = [];
  for (const line of stderr.split("\n")) {
    const place = /^\s+at (file:\/\/.+?):(\d+):\d+$/.exec(line);
    if (/^(?:TS\d+ )?\[ERROR\]: /.test(line)) {
      message = [line.replace(" [ERROR]", "")];
    } else if (place !== null && message.length > 0) {
      // After the message come an excerpt and its underline, which the place makes superfluous.
      const text = message.filter((part) => part !== "" && !/^\s*~*\^*\s*$/.test(part));
      problems.push({
        file: relative(place[1]!, root),
        line: Number(place[2]),
        message: (text.length > 1 ? text.slice(0, -1) : text).join("\n"),
      });
      message = [];
    } else if (message.length > 0) message.push(line);
  }
  return problems;
}

/** Reads a script that prints its problems as `file: message`. */
export function readProblemLines({ stdout }: ChildResult): Problem[] {
  return [...stdout.matchAll(/^(\S+): (.+)$/gm)].map((match) => ({
    file: match[1]!,
    line: null,
    message: match[2]!,
  }));
}

function relative(place: string, root: string): string {
  const path = place.startsWith("file://") ? decodeURIComponent(new URL(place).pathname) : place;
  return path.startsWith(`${root}/`) ? path.slice(root.length + 1) : path;
}
