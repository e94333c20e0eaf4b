import assert from "node:assert/strict";
import { checkFileLength, MAX_LINES } from "./file_length.ts";

function isTooLong(path: string, lines: number): boolean {
  return checkFileLength([{ path, text: "x\n".repeat(lines) }]).length > 0;
}

Deno.test("the limit itself is allowed and one line more is not", () => {
  assert.equal(isTooLong("src/lp/layout.ts", MAX_LINES), false);
  assert.equal(isTooLong("src/lp/layout.ts", MAX_LINES + 1), true);
  assert.equal(isTooLong("tests/known_answers_test.ts", MAX_LINES + 1), true);
  assert.equal(isTooLong("python/cobre/results.py", MAX_LINES + 1), true);
});

Deno.test("generated sources, documents and data may be long", () => {
  assert.equal(isTooLong("src/policy/generated/policy.ts", 5000), false);
  assert.equal(isTooLong("docs/manual.md", 5000), false);
  assert.equal(isTooLong("tests/data/inflows.json", 5000), false);
});
