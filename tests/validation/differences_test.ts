import assert from "node:assert/strict";
import { ruleCatalogue } from "../../src/validation/mod.ts";

const page = Deno.readTextFileSync(new URL("../../docs/differences.md", import.meta.url));

Deno.test("the page of differences names rules that exist", () => {
  const known = new Set(ruleCatalogue().map(({ id }) => id));
  const section = page.split(/^## /m).find((text) => text.startsWith("Reading and validating"))!;
  // An id in a cell stands in brackets: (`N-9`).
  const named = [...section.matchAll(/\(`([A-Za-z_]*[A-Z0-9][\w.-]*)`[,)]/g)].map(([, id]) => id!);
  assert.ok(named.length >= 25, `${named.length} ids`);
  assert.deepEqual(named.filter((id) => !known.has(id)), []);
});
