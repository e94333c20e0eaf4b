/** `NOTICE` lists what a user receives besides the program itself. */
import { TEST_PACKAGES } from "./packages.ts";
import type { Problem, SourceFile } from "./problem.ts";

interface Manifest {
  readonly imports: Readonly<Record<string, string>>;
}

interface Lock {
  readonly npm?: Readonly<Record<string, { readonly dependencies?: readonly string[] }>>;
}

/** Packages that the program needs at run time and that `NOTICE` misses, or lists in vain. */
export function checkNotice(files: readonly SourceFile[]): Problem[] {
  const text = (path: string): string => files.find((file) => file.path === path)?.text ?? "";
  const needed = packagesAtRunTime(
    JSON.parse(text("deno.json") || '{"imports":{}}') as Manifest,
    JSON.parse(text("deno.lock") || "{}") as Lock,
  );
  const listed = new Set(
    [...text("NOTICE").matchAll(/^(\S+) (\d+\.\S+)/gm)].map((found) => `${found[1]}@${found[2]}`),
  );
  const report = (message: string): Problem => ({ file: "NOTICE", line: null, message });
  return [
    ...needed.filter((name) => !listed.has(name)).map((name) =>
      report(`does not list ${name}, which users receive: add it with its licence`)
    ),
    ...[...listed].filter((name) => !needed.includes(name)).map((name) =>
      report(`lists ${name}, which users do not receive: remove it`)
    ),
  ];
}

/** The closure of the dependencies, less what serves tests or holds nothing but types. */
function packagesAtRunTime(manifest: Manifest, lock: Lock): string[] {
  const locked = Object.entries(lock.npm ?? {});
  const queue = Object.entries(manifest.imports)
    .filter(([name, source]) => source.startsWith("npm:") && !TEST_PACKAGES.includes(name))
    .map(([, source]) => source.slice("npm:".length));
  const found = new Set<string>();
  for (const wanted of queue) {
    // A key may name the version, as in `zod@4.6.7`, and peers after an underscore; a dependency
    // names no version where only one is locked.
    const [key, entry] = locked.find(([key]) =>
      key === wanted || key.startsWith(`${wanted}@`) || key.startsWith(`${wanted}_`)
    ) ?? [wanted, {}];
    const name = key.split("_")[0]!;
    if (name.startsWith("@types/") || found.has(name)) {
      continue;
    }
    found.add(name);
    queue.push(...entry.dependencies ?? []);
  }
  return [...found].sort();
}
