/**
 * Runs every check of the repository but the tests, and prints every problem with its place.
 *
 *     deno task check           all of them
 *     deno task check NAME …    some, by the names that the table below gives
 */
// deno-lint-ignore-file no-console -- a script talks to the person who runs it
import { checkDenoVersion } from "./check/deno_version.ts";
import {
  problemsOfChild,
  readFormat,
  readLint,
  readProblemLines,
  readTypes,
} from "./check/deno_output.ts";
import { checkFileLength } from "./check/file_length.ts";
import { checkIgnoredSources } from "./check/ignored_sources.ts";
import { checkImportCycles } from "./check/import_cycles.ts";
import { checkLintExceptions } from "./check/lint_exceptions.ts";
import { checkLockFiles } from "./check/lock_files.ts";
import { checkModFiles } from "./check/mod_files.ts";
import { checkNotice } from "./check/notice.ts";
import { checkPackages } from "./check/packages.ts";
import { formatProblem, type Problem, type SourceFile } from "./check/problem.ts";
import { checkRoomImports } from "./check/room_imports.ts";
import { checkSkippedTests } from "./check/skipped_tests.ts";
import { checkDeferredWork, checkMachinePaths } from "./check/tracked_text.ts";
import { listIgnored, readTree } from "./check/tree.ts";

const ROOT = new URL("..", import.meta.url).pathname.replace(/\/$/, "");

type Run = (files: readonly SourceFile[]) => Problem[] | Promise<Problem[]>;

/** Child processes come first, so that they work while this process reads the texts. */
const CHECKS: Readonly<Record<string, Run>> = {
  types: (files) => {
    const sources = files.map((file) => file.path).filter((path) => /\.tsx?$/.test(path));
    return deno(["check", "--quiet", ...sources], readTypes);
  },
  lint: () => deno(["lint", "--json"], readLint),
  format: () => deno(["fmt", "--check"], readFormat),
  generated: () => deno(["run", "-A", "scripts/generate.ts", "--check"], readProblemLines),
  ignored: async () => checkIgnoredSources(await listIgnored(ROOT)),
  rooms: checkRoomImports,
  cycles: checkImportCycles,
  packages: checkPackages,
  exports: checkModFiles,
  length: checkFileLength,
  exceptions: checkLintExceptions,
  skipped: checkSkippedTests,
  locks: checkLockFiles,
  paths: checkMachinePaths,
  deferred: checkDeferredWork,
  version: checkDenoVersion,
  notice: checkNotice,
};

async function deno(
  args: readonly string[],
  read: Parameters<typeof problemsOfChild>[2],
): Promise<Problem[]> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [...args],
    cwd: ROOT,
    env: { NO_COLOR: "1" },
    stdin: "null",
  }).output();
  const decoder = new TextDecoder();
  const child = { code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
  return problemsOfChild(child, ROOT, read, `deno ${args[0]}`);
}

async function main(names: readonly string[]): Promise<number> {
  const unknown = names.filter((name) => !(name in CHECKS));
  if (unknown.length > 0) {
    console.error(`No check is named ${unknown.join(", ")}; there are ${Object.keys(CHECKS)}`);
    return 1;
  }
  const files = await readTree(ROOT);
  const chosen = Object.entries(CHECKS).filter(([name]) =>
    names.length === 0 || names.includes(name)
  );
  const results = await Promise.all(chosen.map(async ([name, run]) => {
    const start = performance.now();
    const found = run(files);
    // Awaiting a check that is already done would add the time of those after it.
    const problems = found instanceof Promise ? await found : found;
    return { name, problems, seconds: (performance.now() - start) / 1000 };
  }));
  for (const { name, problems, seconds } of results) {
    const verdict = problems.length === 0 ? "ok" : `${problems.length} to mend`;
    console.log(`${name.padEnd(12)}${seconds.toFixed(2).padStart(6)} s  ${verdict}`);
  }
  const problems = results.flatMap((result) => result.problems);
  if (problems.length > 0) console.log(`\n${problems.map(formatProblem).join("\n")}`);
  console.log(`\n${files.length} files, ${problems.length} problems`);
  return problems.length === 0 ? 0 : 1;
}

if (import.meta.main) {
  main(Deno.args).then((code) => Deno.exit(code));
}
