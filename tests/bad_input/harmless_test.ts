import assert from "node:assert/strict";
import fc from "fast-check";
import { encodeParquetTable } from "../../src/files/mod.ts";
import type { System } from "../../src/model/mod.ts";
import { ParquetFile } from "../support/case_files.ts";
import { filesOf, type GoodCase, withGoodCases } from "./good_cases.ts";
import { soundOutcome } from "./outcome.ts";
import { toOutput } from "./parquet_faults.ts";
import { runs } from "./runs.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Lists of a case whose order means something. */
const ORDERED = new Set([
  "values_m3s",
  "season_ids",
  "coefficients",
  "coefficients_mm",
  "reference_volumes_hm3",
  "points",
  "deficit_segments",
  "matrix",
  "entities",
  "correlation_groups",
  "stage_ranges",
  "transitions",
  "schedule",
  "stopping_rules",
]);

/** The same document: members, and items of lists that are sets, in another order. */
function reordered(value: unknown, next: () => number, name = ""): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item) => reordered(item, next, Array.isArray(item) ? name : ""));
    return ORDERED.has(name) ? items : shuffled(items, next);
  }
  if (typeof value !== "object" || value === null) return value;
  const members = shuffled(Object.entries(value), next);
  return Object.fromEntries(members.map(([key, item]) => [key, reordered(item, next, key)]));
}

function shuffled<T>(items: readonly T[], next: () => number): T[] {
  return items.map((item) => ({ item, key: next() })).sort((a, b) => a.key - b.key)
    .map(({ item }) => item);
}

/** The systems of the good cases, to compare with. */
async function systemsOf(cases: readonly GoodCase[]): Promise<Map<GoodCase, System>> {
  const systems = new Map<GoodCase, System>();
  for (const good of cases) {
    const { valid, warnings, case: read } = await soundOutcome(good.directory);
    assert.ok(valid, good.name);
    assert.deepEqual(warnings, []);
    systems.set(good, read!.system);
  }
  return systems;
}

const seeds = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), {
  minLength: 50,
  maxLength: 50,
});

function cycle(numbers: readonly number[]): () => number {
  let at = 0;
  return () => (numbers[at++ % numbers.length]! * (1 + at / 7)) % 1;
}

Deno.test("the order in which a case declares things changes nothing", async () => {
  await withGoodCases(async (cases) => {
    const systems = await systemsOf(cases);
    await fc.assert(
      fc.asyncProperty(
        filesOf(cases, ".json"),
        seeds,
        fc.constantFrom(0, 1, "\t"),
        async (place, numbers, indent) => {
          const document: unknown = JSON.parse(decoder.decode(place.good.bytes.get(place.file)!));
          const text = JSON.stringify(reordered(document, cycle(numbers)), null, indent);
          const outcome = await place.whileItHolds(encoder.encode(text), soundOutcome);
          assert.deepEqual([...outcome.errors, ...outcome.warnings], []);
          assert.deepEqual(outcome.case!.system, systems.get(place.good));
        },
      ),
      runs(150),
    );
    const tabled = cases.filter((good) => good.tables.size > 0);
    await fc.assert(
      fc.asyncProperty(filesOf(tabled, ".parquet"), seeds, async (place, numbers) => {
        const next = cycle(numbers);
        const table = place.good.tables.get(place.file)!;
        const rows = shuffled(table.rows(), next);
        const columns = shuffled(Object.entries(table.columns), next).map(([name, { type }]) => ({
          name,
          type,
          values: rows.map((row) => row[name]!),
        }));
        const bytes = await encodeParquetTable(columns.map(toOutput), { rowGroupRows: 3 });
        const outcome = await place.whileItHolds(bytes, soundOutcome);
        assert.deepEqual([...outcome.errors, ...outcome.warnings], []);
        assert.deepEqual(outcome.case!.system, systems.get(place.good));
      }),
      runs(150),
    );
  });
});

Deno.test("a column that nobody asked for is no fault", async () => {
  await withGoodCases(async ([good]) => {
    for (const [file, table] of good!.tables) {
      const count = Object.values(table.columns)[0]!.values.length;
      const more = new ParquetFile({
        remark: { type: "f64", values: new Array<number>(count).fill(NaN) },
        ...table.columns,
      });
      const columns = Object.entries(more.columns).map(([name, column]) => ({ name, ...column }));
      const path = `${good!.directory}/${file}`;
      await Deno.writeFile(path, await encodeParquetTable(columns.map(toOutput)));
      assert.ok((await soundOutcome(good!.directory)).valid, file);
      await Deno.writeFile(path, good!.bytes.get(file)!);
    }
  });
});
