/** The table of rooms that people read is the one that the check enforces. */
import assert from "node:assert/strict";
import { importableFrom, ROOMS } from "../../scripts/check/rooms.ts";

Deno.test("the table of rooms in CONTRIBUTING.md is the enforced one", () => {
  const text = Deno.readTextFileSync(new URL("../../CONTRIBUTING.md", import.meta.url));
  const rows = [...text.matchAll(/^\| `(\w+)` +\|[^|]+\| ([^|]+?) +\|$/gm)];
  assert.deepEqual(rows.map((row) => row[1]), ROOMS.map((room) => room.name));
  for (const [index, [, name, cell]] of rows.entries()) {
    const below = ROOMS.slice(index + 1).map((room) => room.name);
    const named = [...cell!.matchAll(/`(\w+)`/g)].map((match) => match[1]!);
    const told = cell === "all below" ? below : cell === "nothing" ? [] : named;
    assert.deepEqual(told, importableFrom(name!), name!);
  }
});
