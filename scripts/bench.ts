/**
 * Runs benchmarks. They print tables and assert nothing.
 *
 *     deno task bench                       all
 *     deno task bench NAME …                some
 *     deno task bench NAME … -- ARG …       with arguments for them
 *     deno task bench --list                what there is
 *
 * A benchmark is a module in `scripts/bench/` that exports `name`, `description` and
 * `run(args: readonly string[]): Promise<void>`.
 */
// deno-lint-ignore-file no-console -- a script talks to the person who runs it

/** What the module of a benchmark exports. */
export interface Benchmark {
  readonly name: string;
  readonly description: string;
  run(args: readonly string[]): Promise<void>;
}

/** The benchmarks in a folder, sorted by name; modules that export no `run` are their helpers. */
export async function collectBenchmarks(folder: URL): Promise<Benchmark[]> {
  const modules = [...Deno.readDirSync(folder)].map((entry) => entry.name)
    .filter((name) => name.endsWith(".ts") && !name.endsWith("_test.ts"));
  const benchmarks: Benchmark[] = [];
  for (const module of modules) {
    const found = await import(new URL(module, folder).href) as Partial<Benchmark>;
    const { name, description, run } = found;
    if (run === undefined) continue;
    if (name === undefined || description === undefined) {
      throw new Error(`${module} exports run, but not both name and description`);
    }
    benchmarks.push({ name, description, run });
  }
  return benchmarks.sort((a, b) => a.name < b.name ? -1 : 1);
}

/** Splits the command line into names of benchmarks and arguments for them. */
export function splitArguments(args: readonly string[]): { names: string[]; rest: string[] } {
  const start = args[0] === "--" ? 1 : 0;
  const divider = args.indexOf("--", start);
  if (divider < 0) return { names: args.slice(start), rest: [] };
  return { names: args.slice(start, divider), rest: args.slice(divider + 1) };
}

async function main(args: readonly string[]): Promise<number> {
  const { names, rest } = splitArguments(args);
  const benchmarks = await collectBenchmarks(new URL("bench/", import.meta.url));
  if (names.includes("--list")) {
    for (const { name, description } of benchmarks) console.log(`${name.padEnd(16)}${description}`);
    return 0;
  }
  const unknown = names.filter((name) => !benchmarks.some((known) => known.name === name));
  if (unknown.length > 0) {
    const known = benchmarks.map((benchmark) => benchmark.name).join(", ") || "none yet";
    console.error(`No benchmark is named ${unknown.join(", ")}; there are ${known}`);
    return 1;
  }
  for (const { name, description, run } of benchmarks) {
    if (names.length > 0 && !names.includes(name)) continue;
    console.log(`\n${name}: ${description}`);
    await run(rest);
  }
  return 0;
}

if (import.meta.main) {
  main(Deno.args).then((code) => Deno.exit(code));
}
