import assert from "node:assert/strict";
import { counted, listed } from "./counted.ts";

Deno.test("a list of any length stays short", () => {
  assert.equal(listed([]), "");
  assert.equal(listed([1]), "1");
  assert.equal(listed(["a", "b", "c"]), "a, b and c");
  assert.equal(listed([1, 2, 3, 4], 3), "1, 2, 3 and 1 more");
  assert.equal(counted(1, "row"), "1 row");
  assert.equal(counted(0, "row"), "0 rows");
  assert.equal(counted(2, "bus", "buses"), "2 buses");
});
