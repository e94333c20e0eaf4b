import assert from "node:assert/strict";
import { checkLintExceptions } from "./lint_exceptions.ts";

function messages(path: string, text: string, edges: Record<string, string> = {}): string[] {
  return checkLintExceptions([{ path, text }], edges).map((problem) => problem.message);
}

const IGNORE_ANY = "// deno-lint-ignore no-explicit-any -- the symbol table has no type\n";

Deno.test("an exception for `any` is refused outside the edge files", () => {
  const found = messages("src/lp/layout.ts", IGNORE_ANY);
  assert.equal(found.length, 1);
  assert.match(found[0]!, /uses `any`/);
  const edges = { "src/solver/symbols.ts": "values from C" };
  assert.deepEqual(messages("src/solver/symbols.ts", IGNORE_ANY, edges), []);
});

Deno.test("an edge file that needs no exception any more is reported", () => {
  const found = messages("src/solver/symbols.ts", "", { "src/solver/symbols.ts": "values from C" });
  assert.match(found[0]!, /remove the entry/);
});

Deno.test("an exception needs a reason", () => {
  assert.match(messages("src/lp/a.ts", "// deno-lint-ignore no-empty\n")[0]!, /without saying why/);
  assert.match(messages("src/lp/a.ts", "// deno-lint-ignore-file no-empty -- \n")[0]!, /why/);
  assert.deepEqual(messages("src/lp/a.ts", "// deno-lint-ignore no-empty -- it is optional\n"), []);
  assert.deepEqual(messages("src/lp/a.ts", 'const text = "deno-lint-ignore no-empty";'), []);
});

Deno.test("only front ends, scripts and tests print", () => {
  assert.equal(messages("src/sddp/forward.ts", "console.log(1);").length, 1);
  assert.equal(messages("src/sddp/forward.ts", 'globalThis.console["log"](1);').length, 1);
  assert.deepEqual(messages("src/sddp/forward.ts", "// console.log(1);\nthe.console.log();"), []);
  for (const path of ["src/cli/run.ts", "src/serve/a.ts", "scripts/a.ts", "tests/a_test.ts"]) {
    assert.deepEqual(messages(path, "console.log(1);"), []);
  }
});
