import assert from "node:assert/strict";
import { twoColumns, wrap } from "./page.ts";

Deno.test("a text is broken at spaces, and a word that is too long stands alone", () => {
  assert.equal(wrap("one two three", 7, ""), "one two\nthree");
  assert.equal(wrap("one two three", 9, "  "), "one two\n  three");
  assert.equal(wrap("a-very-long-word b", 5, ""), "a-very-long-word\nb");
  assert.equal(wrap("", 5, ""), "");
});

Deno.test("the right column is broken under itself", () => {
  const text = "words ".repeat(12).trim();
  assert.equal(
    twoColumns([["a", text], ["long", "x"]], 44),
    "  a     words words words words words words\n" +
      "        words words words words words words\n" +
      "  long  x\n",
  );
});
