import assert from "node:assert/strict";
import { KIND_NAMES } from "../../src/protocol/mod.ts";
import { files } from "./error_kinds.ts";

async function row(kind: string): Promise<string[]> {
  const line = (await files[0]!.content()).split("\n").find((line) =>
    line.startsWith(`| \`${kind}`)
  );
  assert.ok(line, `no row for ${kind}`);
  return line.split("|").slice(1, -1).map((cell) => cell.trim());
}

Deno.test("every kind has a row with all its cells", async () => {
  for (const kind of KIND_NAMES) {
    const cells = await row(kind);
    assert.equal(cells.length, 6);
    assert.ok(cells.every((cell) => cell !== "" && !cell.includes("undefined")), cells.join());
  }
});

Deno.test("exit codes are those that the program ends with", async () => {
  assert.equal((await row("MissingFile"))[3], "2 or 3");
  assert.equal((await row("Interrupted"))[3], "130 or 143");
  assert.equal((await row("CheckpointFailed"))[3], "5");
});

Deno.test("the fields that tell where a problem lies are named once, not in every row", async () => {
  assert.equal((await row("OutOfRange"))[4], "`field`, `value`, `min`, `max`");
  assert.equal((await row("MissingFile"))[4], "–");
});
