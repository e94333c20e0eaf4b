import assert from "node:assert/strict";
import { formatSummaries, formatTable } from "./table.ts";

Deno.test("words are aligned to the left and numbers to the right", () => {
  assert.equal(
    formatTable(["name", "n"], [["a", "1"], ["long name", "1000"]]),
    "name          n\n---------  ----\na             1\nlong name  1000",
  );
});

Deno.test("summaries are compared with the first", () => {
  const summary = (label: string, median: number) => ({
    label,
    runs: 1,
    wall_s: { min: median, median, max: median },
    cpu_s: { median },
    peak_rss_mib: { max: 1 },
  });
  const lines = formatSummaries([summary("old", 2), summary("new", 1)]).split("\n");
  assert.match(lines[2]!, /^old .* 1\.00 /);
  assert.match(lines[3]!, /^new .* 0\.50 /);
});
