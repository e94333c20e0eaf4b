import assert from "node:assert/strict";
import { nearest } from "./nearest.ts";

Deno.test("a letter more, less, other, or two swapped are forgiven", () => {
  const words = ["validate", "version", "init"];
  for (const typed of ["validat", "vvalidate", "valldate", "vlaidate", "VALIDATE"]) {
    assert.equal(nearest(typed, words), "validate", typed);
  }
  assert.equal(nearest("versionn", words), "version");
});

Deno.test("what is too far off is not guessed", () => {
  assert.equal(nearest("report", ["validate", "version", "init"]), null);
  assert.equal(nearest("xy", ["init"]), null);
  assert.equal(nearest("", ["a"]), "a");
  assert.equal(nearest("anything", []), null);
});

Deno.test("a word of any length is answered at once", () => {
  assert.equal(nearest("x".repeat(1_000_000), ["init"]), null);
});
