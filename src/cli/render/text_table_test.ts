import assert from "node:assert/strict";
import type { Page } from "../page.ts";
import { type Column, table } from "./text_table.ts";

const page = (width: number): Page => ({ width, paint: (_, text) => text });
const COLUMNS: readonly Column<readonly [string, number, string]>[] = [
  { head: "name", align: "left", text: ([name]) => name },
  { head: "n", align: "right", text: ([, n]) => String(n) },
  { head: "words", align: "left", text: ([, , words]) => words },
];

Deno.test("columns are as wide as their widest text", () => {
  assert.equal(
    table([["a", 7, "x"], ["longer", 123, "y"]], COLUMNS, page(80)),
    "  name      n  words\n  a         7  x\n  longer  123  y\n",
  );
});

Deno.test("the last column is broken to fit the page", () => {
  const text = table([["a", 7, "one two three four"]], COLUMNS, page(23));
  assert.equal(text, "  name  n  words\n  a     7  one two\n           three four\n");
});
