import assert from "node:assert/strict";
import { importsOf } from "./imports.ts";

function found(text: string, path = "src/lp/a.ts"): [string, string | null, string, number][] {
  return importsOf({ path, text }).map((i) => [i.specifier, i.target, i.kind, i.line]);
}

Deno.test("every form of import is seen, with its line", () => {
  const text = [
    'import a, { type B, c as d } from "./b.ts";',
    "import type * as e from '../solver/mod.ts';",
    'import "node:fs";',
    'export { f } from "./f.ts";',
    'export * as g from "./g.ts";',
    'const h = await import("./h.ts");',
    'new Worker(new URL("./w.ts", import.meta.url));',
    'type I = import("zod").ZodType;',
  ].join("\n");
  assert.deepEqual(found(text), [
    ["./b.ts", "src/lp/b.ts", "static", 1],
    ["../solver/mod.ts", "src/solver/mod.ts", "static", 2],
    ["node:fs", null, "static", 3],
    ["./f.ts", "src/lp/f.ts", "static", 4],
    ["./g.ts", "src/lp/g.ts", "static", 5],
    ["./h.ts", "src/lp/h.ts", "dynamic", 6],
    ["./w.ts", "src/lp/w.ts", "worker", 7],
    ["zod", null, "dynamic", 8],
  ]);
});

Deno.test("an import over several lines is found at its specifier", () => {
  assert.deepEqual(found('import {\n  a,\n  b,\n} from "./b.ts";'), [
    ["./b.ts", "src/lp/b.ts", "static", 4],
  ]);
});

Deno.test("imports in comments, strings and templates are none", () => {
  assert.deepEqual(
    found('// import "./a.ts"\nconst t = `import { b } from "./b.ts";`;\nx.import("./c.ts");'),
    [],
  );
});

Deno.test("a data file named by an address is not a worker", () => {
  assert.deepEqual(found('new URL("../../fixtures/", import.meta.url);'), []);
});

Deno.test("text files import nothing", () => {
  assert.deepEqual(found('import "./a.ts";', "docs/a.md"), []);
});
