import assert from "node:assert/strict";
import { checkIgnoredSources } from "./ignored_sources.ts";

Deno.test("a source that an ignore rule hides is a problem", () => {
  const problems = checkIgnoredSources(["src/output/mod.ts", "python/cobre/results.py"]);
  assert.deepEqual(problems.map((problem) => problem.file), [
    "src/output/mod.ts",
    "python/cobre/results.py",
  ]);
});

Deno.test("what is built, installed or computed may be ignored", () => {
  assert.deepEqual(
    checkIgnoredSources([
      "dist/cobre.js",
      "node_modules/deno/bin.cjs",
      "python/.venv/lib/a.py",
      "python/cobre/__pycache__/a.pyc",
      "tests/data/output/costs.parquet",
    ]),
    [],
  );
});
