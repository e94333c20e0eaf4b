import assert from "node:assert/strict";
import { named, namedById, stageList } from "./wording.ts";

Deno.test("stages in a row are written as a range", () => {
  assert.equal(stageList([4]), "stage 4");
  assert.equal(stageList([4, 5]), "stages 4 and 5");
  assert.equal(stageList([-2, -1, 0, 7]), "stages -2–0 and 7");
  assert.equal(stageList([0, 2, 4, 6], 2), "stages 0, 2 and 2 more");
});

Deno.test("an element is called by number and name, and by number alone where it is unknown", () => {
  const hydro = { id: 3, name: "UPPER" };
  assert.equal(named("Hydro", hydro), "Hydro 3 'UPPER'");
  assert.equal(namedById("Hydro", 3, [hydro]), "Hydro 3 'UPPER'");
  assert.equal(namedById("Hydro", 4, [hydro]), "Hydro 4");
});
