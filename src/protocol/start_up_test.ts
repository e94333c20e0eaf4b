import assert from "node:assert/strict";

/** The files that running a module loads: its imports and re-exports that are not of types only. */
function loadedFrom(entry: URL): Set<string> {
  const seen = new Set<string>();
  const open = [entry.href];
  for (let href = open.pop(); href !== undefined; href = open.pop()) {
    if (seen.has(href)) continue;
    seen.add(href);
    if (!href.startsWith("file:")) continue;
    const text = Deno.readTextFileSync(new URL(href));
    const statements = text.matchAll(/^(?:im|ex)port (?!type\b)[^;]*?from "([^"]+)"/gm);
    for (const [, specifier] of statements) {
      open.push(specifier!.startsWith(".") ? new URL(specifier!, href).href : specifier!);
    }
  }
  return seen;
}

Deno.test("the plain entry does not load the schema library, which costs 40 ms", () => {
  const loaded = loadedFrom(new URL("mod.ts", import.meta.url));
  assert.ok(loaded.size > 5);
  assert.deepEqual([...loaded].filter((href) => !href.startsWith("file:")), []);
  assert.ok(loadedFrom(new URL("schemas.ts", import.meta.url)).has("zod"));
});
