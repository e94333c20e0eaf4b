import assert from "node:assert/strict";
import { checkSkippedTests } from "./skipped_tests.ts";

function lines(text: string, path = "src/lp/layout_test.ts"): (number | null)[] {
  return checkSkippedTests([{ path, text }]).map((problem) => problem.line);
}

Deno.test("a focused test is refused", () => {
  assert.deepEqual(lines('\nDeno.test.only("a", () => {});'), [2]);
  assert.deepEqual(lines('Deno.test({ name: "a", only: true, fn() {} });'), [1]);
});

Deno.test("a test that is always skipped needs a reason", () => {
  assert.deepEqual(lines('Deno.test.ignore("a", () => {});'), [1]);
  assert.deepEqual(lines("Deno.test({\n  ignore: true,\n});"), [2]);
  assert.deepEqual(lines("Deno.test({\n  ignore: true, // MPICH has no such call\n});"), []);
  assert.deepEqual(lines("Deno.test({\n  // MPICH has no such call.\n  ignore: true,\n});"), []);
});

Deno.test("a condition is its own reason, and only tests are looked at", () => {
  assert.deepEqual(lines("Deno.test({ ignore: library === null, fn() {} });"), []);
  assert.deepEqual(lines("const options = { only: true };", "src/lp/layout.ts"), []);
  assert.deepEqual(lines('const t = "Deno.test.only";'), []);
});
