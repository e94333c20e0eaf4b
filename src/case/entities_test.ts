import assert from "node:assert/strict";
import {
  ALL_BLOCKS,
  type EnergyProductivity,
  HYDRO_PENALTY_FIELDS,
  type HydroPenaltyField,
  type Overrides,
} from "../model/mod.ts";
import type { Dialect } from "./case.ts";
import { buildEntities, type EntityInput } from "./entities.ts";
import { HYDRO_PRODUCTION_MODELS } from "./json/hydro_production_models.ts";
import { HYDROS } from "./json/hydros.ts";
import type { JsonFile } from "./json/issues.ts";
import { openTestReport, readValue } from "./json/test_support.ts";
import { readCase } from "./read_case.ts";

const REFERENCE = Deno.env.get("COBRE_REFERENCE_CASES");
// Needs the example cases of the reference program.
const ignore = REFERENCE === undefined || REFERENCE === "";

const stages = [0, 1, 2].map((id) => ({
  id,
  startDay: 20_000 + id,
  endDay: 20_001 + id,
  blocks: [],
}));
const bounds = {
  min_turbined_m3s: 0,
  max_turbined_m3s: 60,
  min_generation_mw: 0,
  max_generation_mw: 54,
};
const plant = {
  id: 3,
  name: "UPPER",
  reservoir: { min_storage_hm3: 0, max_storage_hm3: 10 },
  outflow: { min_outflow_m3s: 0 },
};
const planes = {
  start_stage_id: 1,
  end_stage_id: 1,
  model: "fpha",
  fpha_config: { source: "computed" },
};
const flat = { model: "constant_productivity" };

function input(dialect: Dialect): { input: EntityInput; records: () => unknown[] } {
  const old = dialect === "v0.5";
  const hydros = {
    hydros: [{
      ...plant,
      generation: { ...flat, ...bounds, ...(old ? { productivity_mw_per_m3s: 0.9 } : {}) },
      ...(old ? { bus_id: 0 } : {
        operational_start_date: "2000-01-01",
        unit_groups: [{ id: 0, name: "UPPER", bus_id: 0, ...bounds }],
      }),
    }],
  };
  const rho = old ? {} : { productivity_mw_per_m3s: 0.9 };
  const models = {
    production_models: [{
      hydro_id: 3,
      selection_mode: "stage_ranges",
      stage_ranges: [
        { start_stage_id: 0, end_stage_id: 0, ...flat, ...rho },
        planes,
        { start_stage_id: 2, ...flat, ...rho },
      ],
    }],
  };
  const opened: (() => readonly unknown[])[] = [];
  const empty = Object.fromEntries(
    HYDRO_PENALTY_FIELDS.map((field) => [field, new Float64Array(old ? 0 : 2).fill(NaN)]),
  ) as Record<HydroPenaltyField, Float64Array>;
  // The newer layout says in two rows what the older one means by the name of the cost.
  const hydroPenalty: Overrides<HydroPenaltyField> = {
    ...empty,
    rows: old ? 0 : 2,
    entity_id: new Int32Array(old ? [] : [3, 3]),
    stage_id: new Int32Array(old ? [] : [0, 2]),
    block_id: new Int32Array(old ? [] : [ALL_BLOCKS, ALL_BLOCKS]),
    turbined_cost: new Float64Array(old ? [] : [0, 0]),
  };
  return {
    records: () => opened.flatMap((records) => records()),
    input: {
      dialect,
      files: {
        buses: { $schema: null, buses: [] },
        lines: { $schema: null, lines: [] },
        thermals: { $schema: null, thermals: [] },
        hydros: readValue(HYDROS, dialect, hydros).value,
        sources: null,
        stations: null,
        contracts: null,
        productionModels: readValue(HYDRO_PRODUCTION_MODELS, dialect, models).value,
        genericConstraints: null,
        genericParameters: null,
      },
      horizon: { stages } as unknown as EntityInput["horizon"],
      penalties: { hydro: { turbined: 0.5, spillage: 1 } } as unknown as EntityInput["penalties"],
      energyProductivity: null,
      genericBounds: {
        rows: 0,
        constraint_id: new Int32Array(),
        stage_id: new Int32Array(),
        block_id: new Int32Array(),
        bound_lower: new Float64Array(),
        bound_upper: new Float64Array(),
      },
      hydroPenalty,
      report: (file: JsonFile) => {
        const { report, records } = openTestReport(file, dialect, hydros);
        opened.push(records);
        return report;
      },
    },
  };
}

Deno.test("a plant with planes in some stages is equal in both layouts, with its turbined cost", () => {
  const [old, now] = [input("v0.5"), input("v0.18")];
  const entities = buildEntities(old.input);
  assert.deepEqual(entities, buildEntities(now.input));
  assert.deepEqual([...old.records(), ...now.records()], []);
  assert.deepEqual(
    entities.hydros[0]!.production.map(({ from, to, choice }) => [from, to, choice.kind]),
    [[0, 1, "constant_productivity"], [1, 2, "fpha"], [2, 3, "constant_productivity"]],
  );
  assert.equal(entities.hydros[0]!.costs.turbined, 0.5);
  assert.deepEqual([...entities.hydroPenalty.stage_id], [0, 2]);
});

Deno.test("productivities that are missing or given twice are reported with plant and stages", () => {
  const { input: good, records } = input("v0.18");
  const table: EnergyProductivity = {
    rows: 1,
    hydro_id: new Int32Array([3]),
    stage_id: new Int32Array([2]),
    equivalent_productivity_mw_per_m3s: new Float64Array([0.9]),
    reference_outflow_m3s: new Float64Array([NaN]),
    specific_productivity_mw_per_m3s_per_m: new Float64Array([NaN]),
  };
  buildEntities({ ...good, energyProductivity: table });
  buildEntities({ ...good, files: { ...good.files, productionModels: null } });
  const messages = (records() as { kind: string; message: string; context: { rule: string } }[])
    .map(({ kind, message, context }) => [kind, context.rule, message]);
  assert.deepEqual(messages.map(([kind, rule]) => [kind, rule]), [
    ["SchemaViolation", "productivity_resolution.1"],
    ["CoverageMismatch", "productivity_resolution.2"],
  ]);
  assert.match(messages[0]![2]!, /Hydro 3 'UPPER' .* for stage 2, expected one/);
  assert.match(messages[1]![2]!, /Hydro 3 'UPPER' has no productivity for stages 0, 1 and 2/);
});

Deno.test({
  name: "the elements of every reference case are sorted and their production has no gaps",
  ignore,
  fn: async () => {
    let cases = 0;
    for await (const entry of Deno.readDir(REFERENCE!)) {
      const { case: read, problems } = await readCase(`${REFERENCE}/${entry.name}`);
      assert.ok(read !== null, `${entry.name}: ${problems[0]?.record.message}`);
      const { system } = read;
      for (const list of [system.buses, system.lines, system.hydros, system.thermals]) {
        const ids = list.map(({ id }) => id);
        assert.deepEqual(ids, ids.toSorted((a, b) => a - b));
      }
      for (const { production } of system.hydros) {
        let next = 0;
        for (const { from, to } of production) {
          assert.equal(from, next);
          next = to;
        }
        assert.equal(next, system.horizon.stages.length);
      }
      cases++;
    }
    assert.equal(cases, 30);
  },
});

Deno.test({
  name: "one study in both layouts has equal elements, but for what turbined_cost means",
  ignore,
  fn: async () => {
    const read = async (layout: string) => {
      const { case: found, problems } = await readCase(`${REFERENCE}/../pair/${layout}`);
      assert.ok(found !== null, problems[0]?.record.message);
      return found.system;
    };
    const [old, now] = [await read("v05"), await read("v18")];
    const costless = (hydros: typeof old.hydros) =>
      hydros.map((hydro) => ({ ...hydro, costs: { ...hydro.costs, turbined: 0 } }));
    assert.deepEqual(costless(old.hydros), costless(now.hydros));
    assert.deepEqual(old.hydros.map(({ costs }) => costs.turbined), old.hydros.map(() => 0));
    assert.deepEqual(now.hydros.map(({ costs }) => costs.turbined), now.hydros.map(() => 1e-9));
    for (
      const list of ["buses", "lines", "thermals", "sources", "stations", "contracts"] as const
    ) {
      assert.deepEqual(old[list], now[list]);
    }
  },
});
