import assert from "node:assert/strict";
import type { Dialect } from "../case.ts";
import { TABLE_RULES } from "./rules.ts";
import { type Cells, readCells } from "./test_tables.ts";
import { validCase, validCells } from "./test_valid_cells.ts";

const DIALECTS: readonly Dialect[] = ["v0.5", "v0.18"];

Deno.test("a value that is not finite breaks a listed rule of its file", async () => {
  for (const dialect of DIALECTS) {
    const files = validCase(dialect);
    for (const [file, cells] of Object.entries(files)) {
      const broken = Object.fromEntries(
        Object.entries(cells).map(([name, values]) => {
          const real = !/_id$|_index$|_date$|^date$|^lag$/.test(name);
          return [name, real ? [Infinity] : values];
        }),
      );
      const { problems } = await readCells(dialect, { [file]: broken });
      assert.ok(problems.length > 0, file);
      for (const { record } of problems) {
        assert.equal(record.kind, "OutOfRange", record.message);
        assert.equal(record.context["value"], "Infinity");
        assert.equal(record.context["row"], 0);
        const rule = record.context["rule"];
        assert.ok(TABLE_RULES.some((info) => info.id === rule && info.file === file), `${rule}`);
      }
    }
  }
});

/** A file with one fault: the rule and kind that must tell of it, and words of its message. */
type Fault = readonly [
  file: string,
  changes: Cells,
  rule: string,
  kind: string,
  words: RegExp,
  dialects?: readonly Dialect[],
];

const v05: readonly Dialect[] = ["v0.5"];
const v18: readonly Dialect[] = ["v0.18"];
const FAULTS: readonly Fault[] = [
  ["system/hydro_geometry", { area_km2: [-1] }, "X1", "OutOfRange", /area_km2 of hydro 0 is -1/],
  ["system/fpha_hyperplanes", { gamma_0: [Infinity] }, "X7", "OutOfRange", /gamma_0/],
  ["system/fpha_hyperplanes", { gamma_q: [0] }, "X8", "OutOfRange", /above 0/],
  ["system/fpha_hyperplanes", { kappa: [1.5] }, "X8", "OutOfRange", /kappa/],
  ["system/tailrace_curves", { coefficient_1: [NaN] }, "X9", "OutOfRange", /coefficient_1/, v18],
  [
    "system/tailrace_curves",
    { outflow_min_m3s: [20] },
    "X10",
    "CapacityViolation",
    /above its end/,
    v18,
  ],
  [
    "system/hydro_energy_productivity",
    { reference_outflow_m3s: [-1] },
    "X11",
    "OutOfRange",
    /reference_outflow_m3s/,
    v18,
  ],
  ["scenarios/inflow_seasonal_stats", { std_m3s: [-1] }, "N1", "OutOfRange", /stage -1 is -1/],
  ["scenarios/load_seasonal_stats", { std_mw: [-1] }, "N2", "OutOfRange", /bus 0/],
  ["scenarios/non_controllable_stats", { mean: [1.1] }, "N3", "OutOfRange", /from 0 to 1/],
  ["scenarios/inflow_ar_coefficients", { lag: [0] }, "N4", "OutOfRange", /at least 1/],
  [
    "scenarios/inflow_ar_coefficients",
    { residual_std_ratio: [0] },
    "N4",
    "OutOfRange",
    /residual_std_ratio/,
    v05,
  ],
  [
    "scenarios/inflow_ar_coefficients",
    { lag: [2] },
    "N-9",
    "SchemaViolation",
    /has no row of lag 1 before it/,
  ],
  ["scenarios/inflow_annual_component", { annual_std_m3s: [0] }, "N5", "OutOfRange", /above 0/],
  ["scenarios/inflow_history", { value_m3s: [NaN] }, "N6", "OutOfRange", /2001-01-01/],
  [
    "scenarios/inflow_history",
    { end_date: ["2001-01-01"] },
    "N6.window",
    "SchemaViolation",
    /does not end after/,
    v18,
  ],
  ["scenarios/external_inflow_scenarios", { stage_id: [-1] }, "N7", "OutOfRange", /stage_id/],
  ["scenarios/external_load_scenarios", { scenario_id: [-1] }, "N7", "OutOfRange", /scenario_id/],
  [
    "scenarios/external_load_scenarios",
    { scenario_id: [1] },
    "N-18",
    "CoverageMismatch",
    /do not count 0/,
  ],
  [
    "scenarios/noise_openings",
    { entity_index: [4_294_967_295] },
    "L2.range",
    "OutOfRange",
    /is 4294967295/,
  ],
  ["constraints/thermal_bounds", { cost_per_mwh: [-1] }, "B1", "OutOfRange", /thermal 0, stage 1/],
  ["constraints/thermal_bounds", { block_id: [-2] }, "B1.block", "OutOfRange", /at least 0/],
  ["constraints/thermal_bounds", { block_id: [0] }, "B1.stage", "SchemaViolation", /as a whole/],
  [
    "constraints/hydro_bounds",
    { block_id: [0], min_storage_hm3: [1], filling_min_rate_m3s: [null] },
    "B1.stage",
    "SchemaViolation",
    /min_storage_hm3/,
    v18,
  ],
  ["constraints/hydro_bounds", { min_spillage_m3s: [-1] }, "B1", "OutOfRange", /spillage/, v18],
  ["constraints/line_bounds", { direct_mw: [Infinity] }, "B1", "OutOfRange", /line 0/],
  ["constraints/ncs_bounds", { available_generation_mw: [-1] }, "B2", "OutOfRange", /source 0/],
  ["constraints/generic_constraint_bounds", { bound: [NaN] }, "B5", "OutOfRange", /bound/, v05],
  [
    "constraints/generic_constraint_bounds",
    { block_id: [-1] },
    "B5.block",
    "OutOfRange",
    /block_id/,
  ],
  ["constraints/penalty_overrides_line", { exchange_cost: [0] }, "B6", "OutOfRange", /above 0/],
  [
    "constraints/penalty_overrides_line",
    { block_id: [0] },
    "L1.dialect",
    "SchemaViolation",
    /block_id/,
  ],
];

for (const [stem, changes, rule, kind, words, dialects] of FAULTS) {
  for (const dialect of dialects ?? DIALECTS) {
    const what = Object.entries(changes).map(([name, cells]) => `${name} ${cells[0]}`).join(", ");
    Deno.test(`${stem} with ${what} breaks ${rule} (${dialect})`, async () => {
      const file = `${stem}.parquet`;
      const cells = { ...validCells(file, dialect)!, ...changes };
      const { problems } = await readCells(dialect, { [file]: cells });
      const found = problems.filter(({ record }) => record.context["rule"] === rule);
      assert.equal(found.length, 1, JSON.stringify(problems.map(({ record }) => record.message)));
      assert.equal(found[0]!.severity, "error");
      assert.equal(found[0]!.record.kind, kind);
      assert.equal(found[0]!.record.context["file"], file);
      assert.match(found[0]!.record.message, words);
    });
  }
}
