import assert from "node:assert/strict";
import { CobreError } from "../protocol/mod.ts";
import { openingCounts } from "./opening_counts.ts";

Deno.test("openings are as many as asked for, windows and external scenarios allow", () => {
  const stages = [
    { id: 0, openings: 10, sampling: "saa" as const },
    { id: 1, openings: 10, sampling: "historical_residuals" as const },
    { id: 2, openings: 3, sampling: "historical_residuals" as const },
  ];
  const limited = openingCounts(stages, {
    historicalWindows: 6,
    externalScenarios: { inflow: Int32Array.of(12, 8, 2), ncs: Int32Array.of(4, 9, 9) },
  });
  assert.deepEqual([...limited.counts], [4, 6, 2]);
  assert.deepEqual(limited.warnings.map(({ message }) => message), [
    "Stage 0 gets 4 openings instead of 10: there are only 4 external ncs scenarios",
    "Stage 1 gets 6 openings instead of 10: there are only 6 historical windows",
    "Stage 2 gets 2 openings instead of 3: there are only 2 external inflow scenarios",
  ]);
  const free = openingCounts(stages, { historicalWindows: null, externalScenarios: {} });
  assert.deepEqual([[...free.counts], free.warnings.length], [[10, 10, 3], 0]);
  assert.throws(
    () =>
      openingCounts(stages, {
        historicalWindows: null,
        externalScenarios: { load: Int32Array.of(1, 0, 1) },
      }),
    (error) => error instanceof CobreError && /Stage 1 has no opening/.test(error.message),
  );
});
