import assert from "node:assert/strict";
import { ALL_BLOCKS, ALL_STAGES } from "../../model/mod.ts";
import type { Dialect } from "../case.ts";
import { type Cells, readCells } from "./test_tables.ts";
import { validCase, validCells } from "./test_valid_cells.ts";

const DIALECTS: readonly Dialect[] = ["v0.5", "v0.18"];
Deno.test("the tables of a case are the same in either layout", async () => {
  const senses = new Map([[0, "<="]]);
  const older = await readCells("v0.5", validCase("v0.5"), { senses });
  const newer = await readCells("v0.18", validCase("v0.18"));
  assert.deepEqual([...older.problems, ...newer.problems], []);
  const { inflowCoefficients: given, ...olderScenarios } = older.tables.scenarios;
  const { inflowCoefficients: open, ...newerScenarios } = newer.tables.scenarios;
  assert.deepEqual(olderScenarios, newerScenarios);
  assert.deepEqual(given, { ...open, residual_std_ratio: Float64Array.of(0.8) });
  const { unitGroup: _none, ...olderOverrides } = older.tables.overrides;
  const { unitGroup, ...newerOverrides } = newer.tables.overrides;
  assert.deepEqual(olderOverrides, newerOverrides);
  assert.deepEqual(older.tables.genericBounds, newer.tables.genericBounds);
  assert.deepEqual(older.tables.fphaPlanes, newer.tables.fphaPlanes);
  assert.equal(unitGroup.unit_group_id[0], 1);
  assert.equal(newer.tables.overrides.hydro.filling_min_rate_m3s[0], 4.5);
  assert.equal(newer.tables.overrides.station.entity_id[0], 0);
});

for (const dialect of DIALECTS) {
  Deno.test(`a value given twice is refused with both rows named (${dialect})`, async () => {
    for (const [file, cells] of Object.entries(validCase(dialect))) {
      if (file === "system/hydro_geometry.parquet") continue; // Its volumes have a rule of their own.
      const twice = Object.fromEntries(
        Object.entries(cells).map(([name, values]) => [name, [values[0]!, values[0]!]]),
      );
      const { problems } = await readCells(dialect, { [file]: twice });
      const found = problems.filter(({ record }) => record.kind === "DuplicateId");
      assert.equal(found.length, 1, file);
      assert.match(found[0]!.record.message, /Rows 0 and 1 of /);
      assert.equal(found[0]!.record.context["row"], 1);
    }
  });

  Deno.test(`a file of the other layout is refused with the remedy (${dialect})`, async () => {
    const other = dialect === "v0.5" ? "v0.18" : "v0.5";
    const remedies: Readonly<Record<string, RegExp>> = {
      "scenarios/inflow_history.parquet": /start_date|column date/,
      "scenarios/external_ncs_scenarios.parquet": /Rename the column to/,
      "constraints/hydro_bounds.parquet": /Rename the column to filling/,
      "constraints/pumping_bounds.parquet": /Rename the column to/,
      "constraints/penalty_overrides_ncs.parquet": /Rename the column to/,
      "constraints/penalty_overrides_hydro.parquet": /Rename the column to/,
      "constraints/generic_constraint_bounds.parquet": /bound/,
    };
    for (const [file, remedy] of Object.entries(remedies)) {
      const { problems } = await readCells(dialect, { [file]: validCells(file, other)! });
      const found = problems.find(({ record }) => record.context["rule"] === "L1.dialect");
      assert.ok(found !== undefined, file);
      assert.match(found.record.suggestion ?? "", remedy);
    }
  });
}

Deno.test("columns that one layout lacks are refused where they name blocks, else ignored", async () => {
  const hydro = { hydro_id: [0], stage_id: [0], block_id: [0], min_outflow_m3s: [1] };
  const blocks = await readCells("v0.5", { "constraints/hydro_bounds.parquet": hydro });
  assert.match(blocks.problems[0]!.record.message, /block_id, which the v0\.5 layout/);
  const spillage = { hydro_id: [0], stage_id: [0], min_outflow_m3s: [1], max_spillage_m3s: [2] };
  const ignored = await readCells("v0.5", { "constraints/hydro_bounds.parquet": spillage });
  assert.deepEqual(ignored.problems.map(({ severity }) => severity), ["warning"]);
  assert.equal(ignored.problems[0]!.record.kind, "IgnoredInput");
  assert.equal(ignored.tables.overrides.hydro.min_outflow_m3s[0], 1);
  assert.ok(Number.isNaN(ignored.tables.overrides.hydro.max_spillage_m3s[0]));
});

Deno.test("a missing column, a null and a wrong type are told apart", async () => {
  const file = "constraints/line_bounds.parquet";
  const missing = await readCells("v0.5", { [file]: { line_id: [0], direct_mw: [1] } });
  assert.equal(missing.problems[0]!.record.context["rule"], "L2.missing");
  assert.match(missing.problems[0]!.record.message, /lacks the column stage_id/);
  const holes = { line_id: [0, 1, null], stage_id: [0, null, 0], direct_mw: [1, 1, 1] };
  const nulls = await readCells("v0.5", { [file]: holes });
  assert.deepEqual(
    nulls.problems.map(({ record }) => [record.context["row"], record.context["field"]]),
    [[2, "line_bounds[2].line_id"], [1, "line_bounds[1].stage_id"]],
  );
  const mistyped = await readCells("v0.5", {
    [file]: [
      { name: "line_id", type: "f64", values: Float64Array.of(0) },
      { name: "stage_id", type: "i32", values: Int32Array.of(0) },
    ],
  });
  assert.equal(mistyped.problems[0]!.record.kind, "TypeMismatch");
  assert.equal(mistyped.problems[0]!.record.context["rule"], "L2.type");
});

Deno.test("rows are sorted by key, and records name the row in the file", async () => {
  const { tables, problems } = await readCells("v0.18", {
    "scenarios/inflow_seasonal_stats.parquet": {
      hydro_id: [3, 1, 3, 1],
      stage_id: [0, 2, -1, 1],
      mean_m3s: [30, 12, 29, 11],
      std_m3s: [1, 1, 1, 1],
    },
    "system/fpha_hyperplanes.parquet": {
      hydro_id: [3, 3],
      stage_id: [0, null],
      plane_id: [0, 0],
      gamma_0: [1, 2],
      gamma_v: [0, 0],
      gamma_q: [1, 1],
      gamma_s: [0, 0],
    },
  });
  assert.deepEqual(problems, []);
  assert.deepEqual(tables.scenarios.inflowStats!.mean_m3s, Float64Array.of(11, 12, 29, 30));
  assert.deepEqual(tables.fphaPlanes.stage_id, Int32Array.of(ALL_STAGES, 0));
  assert.deepEqual(tables.fphaPlanes.kappa, Float64Array.of(1, 1));

  const skipped = await readCells("v0.18", {
    "scenarios/inflow_ar_coefficients.parquet": {
      hydro_id: [3, 1, 1],
      stage_id: [0, 0, 0],
      lag: [1, 3, 1],
      coefficient: [0.1, 0.1, 0.1],
    },
  });
  assert.equal(skipped.problems[0]!.record.context["row"], 1);
  assert.equal(
    skipped.problems[0]!.record.message,
    "The row of hydro 1, stage 0, lag 3 has no row of lag 2 before it",
  );
});

Deno.test("reservoir rows are ordered by volume within a hydro", async () => {
  const { tables } = await readCells("v0.5", {
    "system/hydro_geometry.parquet": {
      hydro_id: [1, 0, 0, 0],
      volume_hm3: [5, 1e9, 0, 0.5],
      height_m: [1, 4, 2, 3],
      area_km2: [0, 0, 0, 0],
    },
  });
  assert.deepEqual(tables.geometry.hydro_id, Int32Array.of(0, 0, 0, 1));
  assert.deepEqual(tables.geometry.height_m, Float64Array.of(2, 3, 4, 1));
});

Deno.test("rows of one key complete each other", async () => {
  const { tables, problems } = await readCells("v0.18", {
    "constraints/hydro_bounds.parquet": {
      hydro_id: [2, 0, 0, 0],
      stage_id: [1, 1, 1, 1],
      block_id: [null, null, 1, null],
      min_turbined_m3s: [7, 5, 6, null],
      max_turbined_m3s: [null, null, null, 20],
    },
  });
  assert.deepEqual(problems, []);
  const { hydro } = tables.overrides;
  assert.equal(hydro.rows, 3);
  assert.deepEqual(hydro.entity_id, Int32Array.of(0, 0, 2));
  assert.deepEqual(hydro.block_id, Int32Array.of(ALL_BLOCKS, 1, ALL_BLOCKS));
  assert.deepEqual(hydro.min_turbined_m3s, Float64Array.of(5, 6, 7));
  assert.deepEqual(hydro.max_turbined_m3s, Float64Array.of(20, NaN, NaN));
});

Deno.test("a cell given twice is told with its rows", async () => {
  const { problems } = await readCells("v0.5", {
    "constraints/line_bounds.parquet": {
      line_id: [9, 4, 4, 4],
      stage_id: [0, 2, 2, 2],
      direct_mw: [1, null, 1, 2],
      reverse_mw: [1, 5, null, null],
    },
  });
  assert.deepEqual(problems.map(({ record }) => record.message), [
    "Rows 2 and 3 of constraints/line_bounds.parquet both give direct_mw of line 4, stage 2",
  ]);
});

Deno.test("a symmetric cost stands for both directions unless one is given", async () => {
  const { tables } = await readCells("v0.18", {
    "constraints/penalty_overrides_hydro.parquet": {
      hydro_id: [0],
      stage_id: [0],
      evaporation_violation_cost: [5],
      evaporation_violation_neg_cost: [7],
      water_withdrawal_violation_cost: [3],
    },
  });
  const { hydroPenalty } = tables.overrides;
  assert.equal(hydroPenalty.evaporation_violation_pos_cost[0], 5);
  assert.equal(hydroPenalty.evaporation_violation_neg_cost[0], 7);
  assert.equal(hydroPenalty.water_withdrawal_violation_pos_cost[0], 3);
  assert.equal(hydroPenalty.water_withdrawal_violation_neg_cost[0], 3);
  assert.equal(hydroPenalty.block_id[0], ALL_BLOCKS);
  assert.ok(!("evaporation_violation_cost" in hydroPenalty));
});

Deno.test("a bound stands on the side of its constraint's sense", async () => {
  const senses = new Map([[0, "<="], [1, ">="], [2, "=="]]);
  const { tables } = await readCells("v0.5", {
    "constraints/generic_constraint_bounds.parquet": {
      constraint_id: [0, 1, 2],
      stage_id: [0, 0, 0],
      bound: [10, 11, 12],
    },
  }, { senses });
  assert.deepEqual(tables.genericBounds.bound_lower, Float64Array.of(NaN, 11, 12));
  assert.deepEqual(tables.genericBounds.bound_upper, Float64Array.of(10, NaN, 12));
});

Deno.test("observations of a hydro must not overlap, those that touch may", async () => {
  const history = (secondStart: string): Cells => ({
    hydro_id: [0, 0],
    start_date: [secondStart, "2001-01-01"],
    end_date: ["2001-03-01", "2001-02-01"],
    value_m3s: [1, 2],
  });
  const file = "scenarios/inflow_history.parquet";
  assert.deepEqual((await readCells("v0.18", { [file]: history("2001-02-01") })).problems, []);
  const { problems } = await readCells("v0.18", { [file]: history("2001-01-31") });
  assert.equal(problems[0]!.record.context["rule"], "N6.overlap");
  assert.equal(problems[0]!.record.context["row"], 0);
  assert.match(problems[0]!.record.message, /row 1 ends/);
});

Deno.test("each entity of a stage needs every scenario, in any number per stage", async () => {
  const file = "scenarios/external_inflow_scenarios.parquet";
  const whole: Cells = {
    stage_id: [0, 0, 1, 1, 1, 1],
    scenario_id: [0, 0, 1, 0, 0, 1],
    hydro_id: [1, 0, 0, 0, 1, 1],
    value_m3s: [1, 2, 3, 4, 5, 6],
  };
  assert.deepEqual((await readCells("v0.5", { [file]: whole })).problems, []);
  for (
    const [place, cells] of Object.entries({
      "a scenario lacks an entity": { ...whole, hydro_id: [1, 0, 0, 0, 1, 2] },
      "scenarios have a hole": { ...whole, scenario_id: [0, 0, 2, 0, 0, 2] },
      "an entity lacks a scenario": {
        stage_id: [1, 1, 1],
        scenario_id: [0, 0, 1],
        hydro_id: [0, 1, 0],
        value_m3s: [1, 2, 3],
      },
    })
  ) {
    const { problems } = await readCells("v0.5", { [file]: cells });
    assert.deepEqual(problems.map(({ record }) => record.context["rule"]), ["N-18"], place);
  }
});

Deno.test("a thousand records tell of a rule, one more says how many are left", async () => {
  const rows = 1500;
  const ids = Array.from({ length: rows }, (_, row) => row);
  const { problems } = await readCells("v0.5", {
    "scenarios/load_seasonal_stats.parquet": {
      bus_id: ids,
      stage_id: ids.fill(0, 0, 0),
      mean_mw: ids,
      std_mw: ids.map(() => -1),
    },
  });
  assert.equal(problems.length, 1001);
  const last = problems.at(-1)!.record;
  assert.equal(last.context["rule"], "N2");
  assert.match(last.message, /N2 in 500 more places/);
});

Deno.test("files that the later layout dropped are refused, its own are idle in the older one", async () => {
  const empty: Cells = { hydro_id: [] };
  const newer = await readCells("v0.18", { "constraints/exchange_factors.json": empty });
  assert.equal(newer.problems[0]!.record.context["rule"], "L1.removed_file");
  assert.match(newer.problems[0]!.record.suggestion!, /line_bounds/);
  const older = await readCells("v0.5", { "system/tailrace_curves.parquet": empty });
  assert.deepEqual(older.problems.map(({ severity }) => severity), ["warning"]);
  assert.equal(older.tables.tailraceCurves, null);
});

Deno.test("absent files and files without rows are told apart where the model does", async () => {
  const file = "scenarios/inflow_seasonal_stats.parquet";
  const cells: Cells = { hydro_id: [], stage_id: [], mean_m3s: [], std_m3s: [] };
  assert.equal((await readCells("v0.5", {})).tables.scenarios.inflowStats, null);
  assert.equal((await readCells("v0.5", { [file]: cells })).tables.scenarios.inflowStats!.rows, 0);
  assert.equal((await readCells("v0.5", {})).tables.overrides.hydro.rows, 0);
});

Deno.test("a damaged file is one record", async () => {
  const directory = await Deno.makeTempDir();
  try {
    await Deno.mkdir(`${directory}/system`);
    await Deno.writeTextFile(`${directory}/system/hydro_geometry.parquet`, "no Parquet");
    const { readTables } = await import("./read_tables.ts");
    const { Problems } = await import("../problem.ts");
    const problems = new Problems();
    const tables = await readTables(
      directory,
      new Set(["system/hydro_geometry.parquet"]),
      { dialect: "v0.5", senses: new Map(), horizon: null },
      problems,
    );
    assert.equal(tables.geometry.rows, 0);
    assert.equal(problems.all[0]!.record.kind, "ParseError");
    assert.equal(problems.all[0]!.record.context["rule"], "L1.syntax");
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
});
