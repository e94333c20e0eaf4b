import assert from "node:assert/strict";
import { checkDeferredWork, checkMachinePaths } from "./tracked_text.ts";

// Made of parts, so that this file itself holds none of what it tests.
const machinePath = (folder: string): string => ["", folder, "cobre"].join("/");
const mark = (start: string, end: string): string => start + end;

function paths(path: string, text: string): (number | null)[] {
  return checkMachinePaths([{ path, text }]).map((problem) => problem.line);
}

for (const folder of ["work", "root", "farm", "home"]) {
  Deno.test(`a path below the folder ${folder} is refused in every file`, () => {
    assert.deepEqual(paths("docs/a.md", `\nsee ${machinePath(folder)}/a`), [2]);
    assert.deepEqual(paths("tests/a_test.ts", `"${machinePath(folder)}/a"`), [1]);
  });
}

Deno.test("a temporary path is refused outside tests", () => {
  assert.deepEqual(paths("src/files/a.ts", `"${machinePath("tmp")}/a"`), [1]);
  assert.deepEqual(paths("tests/a_test.ts", `"${machinePath("tmp")}/a"`), []);
});

Deno.test("relative paths and addresses are allowed", () => {
  assert.deepEqual(paths("docs/a.md", "./home/a, a/tmp/b and https://example.org/home/a"), []);
});

for (const [start, end] of [["TO", "DO"], ["FIX", "ME"], ["X", "XX"], ["HA", "CK"]] as const) {
  Deno.test(`the mark ${start}-${end} is refused`, () => {
    const text = `fine\n# ${mark(start, end)}: later`;
    const problems = checkDeferredWork([{ path: "python/a.py", text }]);
    assert.deepEqual(problems.map((problem) => problem.line), [2]);
  });
}

Deno.test("checksums are not searched", () => {
  const text = `sha512-ab${machinePath("work")}/${mark("X", "XX")}==`;
  assert.deepEqual(checkDeferredWork([{ path: "deno.lock", text }]), []);
  assert.deepEqual(paths("deno.lock", text), []);
});
