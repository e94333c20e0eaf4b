/**
 * Writes the files that are made from the sources, so that they cannot disagree with them.
 *
 *     deno task schemas            write
 *     deno task schemas --check    list what is out of date and end with 1
 *
 * A provider is a module in `scripts/generate/` that exports `files: readonly GeneratedFile[]`.
 */
// deno-lint-ignore-file no-console -- a script talks to the person who runs it
import { dirname } from "node:path";
import type { GeneratedFile } from "./generated_file.ts";

/** A folder that holds only what its name says, where a left-over file would mislead. */
interface OwnedFolder {
  readonly folder: string;
  readonly suffix: string;
}

const OWNED: readonly OwnedFolder[] = [{ folder: "schemas", suffix: ".schema.json" }];

/** Every file that the providers of a folder offer, sorted by path. */
export async function collectFiles(providers: URL): Promise<GeneratedFile[]> {
  const modules = [...Deno.readDirSync(providers)].map((entry) => entry.name)
    .filter((name) => name.endsWith(".ts") && !name.endsWith("_test.ts")).sort();
  const files: GeneratedFile[] = [];
  for (const name of modules) {
    const provider = await import(new URL(name, providers).href) as {
      files?: readonly GeneratedFile[];
    };
    files.push(...provider.files ?? []);
  }
  const paths = files.map((file) => file.path);
  const twice = paths.find((path, index) => paths.indexOf(path) !== index);
  if (twice !== undefined) throw new Error(`Two providers write ${twice}; one file has one source`);
  return files.sort((a, b) => a.path < b.path ? -1 : 1);
}

/** One sentence for each file that differs from what its provider gives, as `path: sentence`. */
export async function staleFiles(files: readonly GeneratedFile[], root: string): Promise<string[]> {
  const stale = await Promise.all(files.map(async (file) => {
    const present = readIfPresent(`${root}/${file.path}`);
    if (present === await finalText(file)) return [];
    const what = present === null ? "is missing" : "is out of date";
    return [`${file.path}: ${what}: run deno task schemas`];
  }));
  const written = new Set(files.map((file) => file.path));
  const orphans = OWNED.flatMap(({ folder, suffix }) =>
    namesIn(`${root}/${folder}`)
      .filter((name) => name.endsWith(suffix) && !written.has(`${folder}/${name}`))
      .map((name) => `${folder}/${name}: no provider writes this file: delete it`)
  );
  return [...stale.flat(), ...orphans];
}

/** Writes the files that differ and gives their paths. */
export async function writeFiles(files: readonly GeneratedFile[], root: string): Promise<string[]> {
  const written = await Promise.all(files.map(async (file) => {
    const text = await finalText(file);
    const path = `${root}/${file.path}`;
    if (readIfPresent(path) === text) return [];
    Deno.mkdirSync(dirname(path), { recursive: true });
    Deno.writeTextFileSync(path, text);
    return [file.path];
  }));
  return written.flat();
}

async function finalText(file: GeneratedFile): Promise<string> {
  const text = await file.content();
  return file.path.endsWith(".md") ? await formatMarkdown(text) : text;
}

/** Tables line up only once their cells are known, which is the formatter's work. */
async function formatMarkdown(text: string): Promise<string> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["fmt", "--quiet", "--ext", "md", "--line-width", "100", "-"],
    cwd: new URL("..", import.meta.url),
    stdin: "piped",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(text));
  await writer.close();
  const { success, stdout } = await child.output();
  if (!success) throw new Error("Formatting a generated document failed");
  return new TextDecoder().decode(stdout);
}

function readIfPresent(path: string): string | null {
  try {
    return Deno.readTextFileSync(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}

function namesIn(folder: string): string[] {
  try {
    return [...Deno.readDirSync(folder)].map((entry) => entry.name).sort();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}

async function main(args: readonly string[]): Promise<number> {
  const unknown = args.filter((arg) => arg !== "--check");
  if (unknown.length > 0) {
    console.error(`Unknown argument ${unknown.join(" ")}; the only one is --check`);
    return 1;
  }
  const root = new URL("..", import.meta.url).pathname.replace(/\/$/, "");
  const files = await collectFiles(new URL("generate/", import.meta.url));
  if (args.includes("--check")) {
    const stale = await staleFiles(files, root);
    for (const line of stale) console.log(line);
    return stale.length === 0 ? 0 : 1;
  }
  const written = await writeFiles(files, root);
  for (const path of written) console.log(`wrote ${path}`);
  console.log(`${files.length} generated files, ${written.length} changed`);
  return 0;
}

if (import.meta.main) {
  main(Deno.args).then((code) => Deno.exit(code));
}
