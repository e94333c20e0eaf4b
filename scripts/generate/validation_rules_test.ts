import assert from "node:assert/strict";
import { ruleCatalogue } from "../../src/validation/mod.ts";
import { files, rulesDocument } from "./validation_rules.ts";

function rows(text: string): string[][] {
  return text.split("\n").filter((line) => line.startsWith("| `"))
    .map((line) => line.split(/(?<!\\)\|/).slice(1, -1).map((cell) => cell.trim()));
}

Deno.test("every rule has a row with all its cells", async () => {
  const found = rows(await files[0]!.content());
  assert.equal(found.length, ruleCatalogue().length);
  for (const cells of found) {
    assert.equal(cells.length, 5);
    assert.ok(cells.every((cell) => cell !== "" && !cell.includes("undefined")), cells.join());
  }
});

Deno.test("a rule stands in the section of its layer, a bar in its text breaks no table", () => {
  const text = rulesDocument([{
    id: "X1",
    layer: 4,
    kind: "CoverageMismatch",
    severity: "error",
    file: "*",
    description: "a | b",
  }]);
  assert.deepEqual(rows(text), [["`X1`", "error", "`CoverageMismatch`", "several", "a \\| b"]]);
  assert.match(text, /## Layer 4.+\n\n\| Rule[^#]+`X1`[^#]+## Layer 5/);
});

Deno.test("the document says what a rule says in one sentence without a stop", () => {
  for (const { id, description } of ruleCatalogue()) {
    assert.match(description, /^[A-Za-z][^\n]*[^.\n]$/, id);
  }
});
