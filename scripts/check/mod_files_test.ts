import assert from "node:assert/strict";
import { checkModFiles } from "./mod_files.ts";

function lines(text: string, path = "src/lp/mod.ts"): (number | null)[] {
  return checkModFiles([{ path, text }]).map((problem) => problem.line);
}

Deno.test("named re-exports of values and types are what a mod.ts holds", () => {
  const text = '/** The LP. */\nexport { a, type B } from "./a.ts";\n' +
    'export type {\n  C,\n} from "./c.ts";\n';
  assert.deepEqual(lines(text), []);
});

Deno.test("a wildcard export is refused in every file", () => {
  assert.deepEqual(lines('\nexport * from "./a.ts";'), [2]);
  assert.deepEqual(lines('export * as a from "./a.ts";', "src/lp/layout.ts"), [1]);
  assert.deepEqual(lines('export type * from "./a.ts";', "mod.ts"), [1]);
});

Deno.test("code in the mod.ts of a room is refused, elsewhere it is not looked at", () => {
  const text = 'export { a } from "./a.ts";\nexport const b = 1;\n';
  assert.deepEqual(lines(text), [2]);
  assert.deepEqual(lines('import { a } from "./a.ts";\nexport { a };'), [1]);
  assert.deepEqual(lines(text, "mod.ts"), []);
});
