import assert from "node:assert/strict";
import { checkPackages } from "./packages.ts";

function count(path: string, specifier: string): number {
  return checkPackages([{ path, text: `import { a } from "${specifier}";` }]).length;
}

Deno.test("a package is imported by its name in deno.json", () => {
  assert.equal(count("src/files/a.ts", "apache-arrow"), 0);
  assert.equal(count("src/files/a.ts", "node:fs"), 0);
  assert.equal(count("src/files/a.ts", "npm:apache-arrow@21"), 1);
  assert.equal(count("src/files/a.ts", "jsr:@std/path"), 1);
  assert.equal(count("scripts/a.ts", "https://example.org/a.ts"), 1);
});

Deno.test("test packages stay in tests", () => {
  assert.equal(count("src/files/parquet_test.ts", "hyparquet"), 0);
  assert.equal(count("tests/files_test.ts", "fast-check"), 0);
  assert.equal(count("src/solver/lp_solver_suite.ts", "fast-check"), 0);
  assert.equal(count("src/files/parquet.ts", "hyparquet"), 1);
  assert.equal(count("src/files/parquet.ts", "hyparquet/node"), 1);
});
