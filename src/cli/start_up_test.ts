import assert from "node:assert/strict";

/** What is run at start: the static imports and re-exports that are not of types only. */
function loadedFrom(entry: URL): Set<string> {
  const seen = new Set<string>();
  const open = [entry.href];
  for (let href = open.pop(); href !== undefined; href = open.pop()) {
    if (seen.has(href)) continue;
    seen.add(href);
    if (!href.startsWith("file:")) continue;
    const text = Deno.readTextFileSync(new URL(href));
    const statements = text.matchAll(/^(?:im|ex)port (?!type\b)[^;]*?from "([^"]+)"/gm);
    for (const [statement, specifier] of statements) {
      const typesOnly = /\{([^}]*)\}/.exec(statement)?.[1]?.split(",")
        .every((name) => name.trim() === "" || name.trim().startsWith("type "));
      if (typesOnly) continue;
      open.push(specifier!.startsWith(".") ? new URL(specifier!, href).href : specifier!);
    }
  }
  return seen;
}

Deno.test("cobre version starts without schemas, tables, WASM and Node's modules", () => {
  const root = new URL("../../", import.meta.url);
  for (const entry of ["main.ts", "src/cli/commands/version.ts"]) {
    const loaded = [...loadedFrom(new URL(entry, root))];
    const foreign = loaded.filter((href) => !href.startsWith("file:"));
    assert.deepEqual(foreign.filter((name) => name !== "@stricli/core"), [], entry);
  }
  const study = [...loadedFrom(new URL("src/study/mod.ts", root))];
  assert.deepEqual(study.filter((href) => /zod|arrow|parquet|\/case\//.test(href)), []);
});
