/**
 * Makes a folder that runs on a Linux machine without Deno, Node or network: `dist/cobre/`, with the
 * sources, the packages that they use, Deno itself and a launcher.
 *
 *     deno task build [--out FOLDER]
 */
// deno-lint-ignore-file no-console -- a script talks to the person who runs it
import { dirname, join } from "node:path";

const ROOT = new URL("..", import.meta.url).pathname;

/** What the program reads when it runs; tests and what only they use stay behind. */
const PARTS = /^(?:src\/|fixtures\/templates\/|main\.ts$|mod\.ts$|LICENSE$|NOTICE$|README\.md$)/;

/** Packages that only tests use. */
const TEST_PACKAGES = ["fast-check", "hyparquet"];

/** Tests, and what helps them: it asserts, or imports a package that only tests use. */
const FOR_TESTS = new RegExp(`from "(?:node:assert/strict|${TEST_PACKAGES.join("|")})"`);

const LAUNCHER = `#!/bin/sh
# Starts Cobre with the Deno and the packages beside this file.
here=$(dirname "$(readlink -f "$0")")
DENO_DIR="$here/packages" DENO_NO_UPDATE_CHECK=1 exec "$here/deno" run \\
  --cached-only --no-prompt --allow-read --allow-write --allow-env \\
  --allow-sys=hostname,systemMemoryInfo --allow-ffi "$here/main.ts" "$@"
`;

/** Builds the folder; an older one of that name is replaced. */
export async function build(out: string): Promise<void> {
  await Deno.remove(out, { recursive: true }).catch(() => {});
  for (const file of await trackedFiles()) {
    if (!PARTS.test(file) || await isForTests(file)) continue;
    const target = join(out, file);
    await Deno.mkdir(dirname(target), { recursive: true });
    await Deno.copyFile(join(ROOT, file), target);
  }
  await Deno.writeTextFile(join(out, "deno.json"), await settings());
  await Deno.copyFile(join(ROOT, "deno.lock"), join(out, "deno.lock"));
  await Deno.copyFile(Deno.execPath(), join(out, "deno"));
  await Deno.chmod(join(out, "deno"), 0o755);
  await Deno.writeTextFile(join(out, "cobre"), LAUNCHER, { mode: 0o755 });
  const modules = await sources(join(out, "src"));
  await run([Deno.execPath(), "cache", "--config", join(out, "deno.json"), ...modules], {
    DENO_DIR: join(out, "packages"),
  });
}

async function isForTests(file: string): Promise<boolean> {
  if (!file.endsWith(".ts")) return false;
  return file.endsWith("_test.ts") || FOR_TESTS.test(await Deno.readTextFile(join(ROOT, file)));
}

async function trackedFiles(): Promise<string[]> {
  const list = await run(["git", "-C", ROOT, "ls-files", "-zco", "--exclude-standard"], {});
  return list.split("\0").filter((file) => file !== "");
}

/** The project's settings without its tasks and what only tests import; versions stay pinned. */
async function settings(): Promise<string> {
  const { name, version, nodeModulesDir, compilerOptions, imports } = JSON.parse(
    await Deno.readTextFile(join(ROOT, "deno.json")),
  );
  for (const unused of TEST_PACKAGES) delete imports[unused];
  const kept = { name, version, exports: "./mod.ts", nodeModulesDir, compilerOptions, imports };
  return JSON.stringify(kept, null, 2) + "\n";
}

async function sources(folder: string): Promise<string[]> {
  const found: string[] = [];
  for await (const entry of Deno.readDir(folder)) {
    const path = join(folder, entry.name);
    if (entry.isDirectory && entry.name !== "testing") found.push(...await sources(path));
    else if (/(?<!_test_helpers)\.ts$/.test(entry.name)) found.push(path);
  }
  return found;
}

async function run([program, ...args]: string[], env: Record<string, string>): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command(program!, { args, env }).output();
  if (!success) throw new Error(`${program} failed: ${new TextDecoder().decode(stderr).trim()}`);
  return new TextDecoder().decode(stdout);
}

async function size(folder: string): Promise<number> {
  let bytes = 0;
  for await (const entry of Deno.readDir(folder)) {
    const path = join(folder, entry.name);
    bytes += entry.isDirectory ? await size(path) : (await Deno.lstat(path)).size;
  }
  return bytes;
}

async function main(args: readonly string[]): Promise<void> {
  if (args.length !== 0 && (args.length !== 2 || args[0] !== "--out")) {
    console.error("Usage: deno task build [--out FOLDER]");
    Deno.exit(1);
  }
  const out = args[1] ?? join(ROOT, "dist", "cobre");
  await build(out);
  console.log(`${out}: ${((await size(out)) / 1e6).toFixed(0)} MB, start it with ${out}/cobre`);
}

if (import.meta.main) main(Deno.args);
