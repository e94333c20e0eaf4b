import assert from "node:assert/strict";
import { CobreError } from "../protocol/mod.ts";
import { layoutOf, tableOf } from "./noise_test_helpers.ts";
import { userOpeningTree } from "./user_openings.ts";

function userTable(rows: readonly (readonly number[])[]) {
  return tableOf(["stage_id", "opening_index", "entity_index"], ["value"], rows);
}

Deno.test("a tree of the user has its values as they are, by stage id", () => {
  const table = userTable([
    [4, 0, 0, 0.1],
    [4, 0, 1, 0.2],
    [6, 0, 0, 0.3],
    [6, 0, 1, 0.4],
    [6, 1, 0, 0.5],
    [6, 1, 1, 0.6],
  ]);
  const tree = userOpeningTree(table, [4, 6], layoutOf(1, 0, 1));
  assert.deepEqual([...tree.counts], [1, 2]);
  assert.deepEqual([...tree.starts], [0, 1]);
  assert.deepEqual([...tree.values], [0.1, 0.2, 0.3, 0.4, 0.5, 0.6]);
});

Deno.test("every stage of a tree of the user that does not fit is named", () => {
  const table = userTable([
    [0, 0, 0, 1],
    [0, 0, 1, 1],
    [0, 2, 0, 1],
    [0, 2, 1, 1],
    [1, 0, 0, 1],
    [1, 0, 1, NaN],
    [2, 0, 0, 1],
    [5, 0, 0, 1],
  ]);
  assert.throws(() => userOpeningTree(table, [0, 1, 2, 3], layoutOf(1, 1)), (error) => {
    assert.ok(error instanceof CobreError);
    assert.deepEqual(error.records.map(({ message }) => message), [
      "Stage 5 is in the table, but it is not a stage of the study",
      "Stage 0 has opening 2 with entity 0 where opening 1 with entity 0 of 2 should follow",
      "Stage 1 has a noise that is not finite for entity 1 of opening 0",
      "Stage 2 has only 1 of 2 entities in its last opening",
      "Stage 3 has no openings",
    ]);
    assert.match(error.suggestion!, /1 hydros, 1 buses/);
    return true;
  });
});
