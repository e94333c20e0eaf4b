import assert from "node:assert/strict";
import {
  GENERIC_VARIABLES,
  type GenericConstraint,
  type GenericTerm,
  type GenericVariable,
  HYDRO_BOUND_FIELDS,
} from "../../model/mod.ts";
import type { ColumnKind } from "../model_key.ts";
import type { Production } from "../plant_data.ts";
import { findColumn, findRow, type StageModel } from "../stage_model.ts";
import { near, solveTiny, tinyStudy } from "../testing/solve_tiny.ts";
import {
  tableOf,
  tinyBus,
  tinyContract,
  tinyHydro,
  tinyLine,
  tinySource,
  tinyStage,
  tinyStation,
  type TinySystem,
  tinySystem,
  tinyThermal,
} from "../testing/tiny_system.ts";

function term(variable: GenericVariable, entityId = 0, given: Partial<GenericTerm> = {}) {
  return {
    coefficient: 2,
    parameters: [],
    variable,
    entityId,
    blockId: null,
    busId: null,
    ...given,
  } satisfies GenericTerm;
}

function constraint(given: Partial<GenericConstraint>): GenericConstraint {
  return {
    id: 0,
    name: "C",
    description: null,
    terms: [],
    constants: [],
    slackPenalty: null,
    ...given,
  };
}

const KEYS = ["entity_id", "stage_id", "block_id"] as const;

function boundsOf(rows: readonly { readonly [column in BoundColumn]?: number }[]) {
  return tableOf(["constraint_id", "stage_id", "block_id"], ["bound_lower", "bound_upper"], rows);
}

type BoundColumn = "constraint_id" | "stage_id" | "block_id" | "bound_lower" | "bound_upper";

const GROUPS = [0, 1].map((busId) => ({
  id: busId,
  name: `G${busId}`,
  busId,
  minGenerationMw: 0,
  maxGenerationMw: 30,
  minTurbinedM3s: 0,
  maxTurbinedM3s: 30,
}));

/** A system with one of everything, and one constraint of one term. */
function everything(single: GenericTerm): TinySystem {
  return {
    stages: [tinyStage(0, [100, 100]), tinyStage(1, [100, 100])],
    buses: [
      tinyBus({ deficitSegments: [{ depthMw: 5, cost: 100 }, { depthMw: null, cost: 900 }] }),
      tinyBus({ id: 1 }),
    ],
    lines: [tinyLine()],
    hydros: [
      tinyHydro({ minStorageHm3: 6, diversion: { downstreamId: 1, maxFlowM3s: 5 } }),
      tinyHydro({ id: 1, unitGroups: GROUPS }),
    ],
    thermals: [tinyThermal(), tinyThermal({ id: 1, anticipated: { leadStages: 1 } })],
    sources: [tinySource()],
    stations: [tinyStation()],
    contracts: [tinyContract(), tinyContract({ id: 1, type: "export" })],
    genericConstraints: [constraint({ terms: [single] })],
    genericBounds: boundsOf([{ constraint_id: 0, stage_id: 0, bound_upper: 70 }]),
  };
}

/** Entries of the row of block 1, as column and coefficient, and its upper bound. */
function rowOf(
  single: GenericTerm,
  given: Partial<TinySystem> = {},
): { entries: string[]; upper: number } {
  const production: Production[] = [
    { kind: "constant", productivity: 0.8 },
    { kind: "constant", productivity: 0.5 },
  ];
  const system = tinySystem({ ...everything(single), ...given });
  const evaporation = [{ k0: 1, kV: 0 }, null];
  const { model } = tinyStudy(system, { production, evaporation }).stages[0]!;
  const row = findRow(model, "constraint", 0, 1, 1);
  assert.ok(row >= 0);
  return { entries: entriesOf(model, row), upper: model.rowUpper[row]! };
}

function entriesOf(model: StageModel, row: number): string[] {
  const { starts, indices, values } = model.matrix;
  return model.columnKeys.flatMap(({ kind, entity, block, sub }, column) => {
    for (let k = starts[column]!; k < starts[column + 1]!; k++) {
      if (indices[k] === row) return [`${values[k]} ${kind} ${entity} ${block} ${sub}`];
    }
    return [];
  });
}

const MEANINGS: readonly (readonly [GenericTerm, readonly string[]])[] = [
  [term("hydro_storage"), ["2 storage 0 -1 0"]],
  [term("hydro_storage_final"), ["2 storage 0 -1 0"]],
  [term("hydro_storage_initial"), ["2 storage_in 0 -1 0"]],
  [term("hydro_evaporation"), ["2 evaporation 0 -1 0"]],
  [term("hydro_inflow", 1), ["2 inflow 1 -1 0"]],
  [term("hydro_turbined"), ["2 turbined 0 1 0"]],
  [term("hydro_turbined", 0, { blockId: 0 }), ["2 turbined 0 0 0"]],
  [term("hydro_turbined", 1, { busId: 1 }), ["2 group_turbined 1 1 1"]],
  [term("hydro_spillage"), ["2 spillage 0 1 0"]],
  [term("hydro_diversion"), ["2 diversion 0 1 0"]],
  [term("hydro_outflow"), ["2 turbined 0 1 0", "2 spillage 0 1 0"]],
  [term("hydro_generation"), ["1.6 turbined 0 1 0"]],
  [term("hydro_generation", 1, { busId: 0 }), ["1 group_turbined 1 1 0"]],
  [term("thermal_generation"), ["2 thermal 0 1 0"]],
  [term("anticipated_decision", 1), ["2 commitment 1 -1 1"]],
  [term("line_direct"), ["2 line_direct 0 1 0"]],
  [term("line_reverse"), ["2 line_reverse 0 1 0"]],
  [term("line_reverse", 0, { blockId: 0 }), ["2 line_reverse 0 0 0"]],
  [term("line_exchange"), ["2 line_direct 0 1 0", "-2 line_reverse 0 1 0"]],
  [term("bus_deficit"), ["2 deficit 0 1 0", "2 deficit 0 1 1"]],
  [term("bus_excess"), ["2 excess 0 1 0"]],
  [term("pumping_flow"), ["2 pumped 0 1 0"]],
  [term("pumping_power"), ["1 pumped 0 1 0"]],
  [term("contract_import"), ["2 contract 0 1 0"]],
  [term("contract_export", 1), ["2 contract 1 1 0"]],
  [term("contract_export", 0), []],
  [term("non_controllable_generation"), ["2 source 0 1 0"]],
  [term("non_controllable_curtailment"), ["2 available 0 1 0", "-2 source 0 1 0"]],
];

for (const [single, expected] of MEANINGS) {
  const { variable, entityId, blockId, busId } = single;
  const where = [
    blockId === null ? "" : ` in block ${blockId}`,
    busId === null ? "" : ` on bus ${busId}`,
  ];
  Deno.test(`${variable}(${entityId})${where.join("")} means its columns`, () => {
    const { entries, upper } = rowOf(single);
    assert.deepEqual(entries, expected);
    assert.equal(upper, 70);
  });
}

/** Terms with a constant part, which have a test of their own below. */
const WITH_CONSTANT: readonly GenericVariable[] = [
  "hydro_useful_volume_initial",
  "hydro_useful_volume_final",
  "hydro_withdrawal",
];

Deno.test("every variable of the grammar has its meaning tested", () => {
  const tested = new Set([...MEANINGS.map(([{ variable }]) => variable), ...WITH_CONSTANT]);
  assert.deepEqual([...tested].sort(), Object.keys(GENERIC_VARIABLES).sort());
});

Deno.test("a term of an element that does not operate is zero", () => {
  const absent = { entryStageId: 1 };
  const system = tinySystem({
    ...everything(term("hydro_turbined")),
    hydros: [
      tinyHydro({ ...absent, diversion: { downstreamId: 1, maxFlowM3s: 5 } }),
      tinyHydro({ id: 1 }),
    ],
    lines: [tinyLine(absent)],
    thermals: [tinyThermal(absent)],
    sources: [tinySource(absent)],
    stations: [tinyStation(absent)],
    contracts: [tinyContract(absent)],
  });
  const variables = (Object.keys(GENERIC_VARIABLES) as GenericVariable[]).filter((variable) =>
    // Water passes by and stays where it is, and buses always balance.
    !/storage|useful|inflow|spillage|outflow|bus/.test(variable)
  );
  for (const variable of variables) {
    const entityId = variable === "contract_export" ? 1 : 0;
    const genericConstraints = [constraint({ terms: [term(variable, entityId)] })];
    const { model } = tinyStudy({ ...system, genericConstraints }).stages[0]!;
    const row = findRow(model, "constraint", 0, 1, 1);
    assert.deepEqual(entriesOf(model, row), [], variable);
    assert.equal(model.rowUpper[row], 70, variable);
  }
});

Deno.test("useful volume is storage above the minimum, withdrawal what is really taken", () => {
  assert.deepEqual(rowOf(term("hydro_useful_volume_final")), {
    entries: ["2 storage 0 -1 0"],
    upper: 70 + 2 * 6,
  });
  assert.deepEqual(rowOf(term("hydro_useful_volume_initial")).upper, 70 + 2 * 6);
  assert.deepEqual(rowOf(term("hydro_withdrawal")), { entries: [], upper: 70 });
  const overrides = {
    hydro: tableOf(KEYS, HYDRO_BOUND_FIELDS, [
      { entity_id: 0, stage_id: 0, water_withdrawal_m3s: 4 },
    ]),
  };
  // 2 · (4 − missing + excessive) ≤ 70.
  assert.deepEqual(rowOf(term("hydro_withdrawal"), { overrides }), {
    entries: ["-2 withdrawal_below 0 -1 0", "2 withdrawal_above 0 -1 0"],
    upper: 70 - 2 * 4,
  });
});

Deno.test("parameters may follow the stage, the season, or the case", async () => {
  const system = tinySystem({
    stages: [tinyStage(0, [100]), tinyStage(1, [100])],
    thermals: [tinyThermal({ costPerMwh: 1 })],
    parameters: [
      { id: 0, name: "half", kind: "constant", value: 0.5 },
      { id: 1, name: "cap", kind: "per_stage", values: [[0, -20], [1, -40]] },
      { id: 2, name: "summer", kind: "seasonal", values: [1, 2, ...Array<number>(10).fill(0)] },
    ],
    genericConstraints: [
      constraint({
        terms: [{ ...term("thermal_generation"), parameters: ["half", "summer"] }],
        constants: [{ value: 1, parameters: ["cap"] }],
      }),
    ],
    genericBounds: boundsOf([0, 1].map((stage_id) => ({
      constraint_id: 0,
      stage_id,
      bound_upper: 0,
    }))),
  });
  const study = tinyStudy(system);
  // 2·½·1·g − 20 ≤ 0, then 2·½·2·g − 40 ≤ 0 … of a demand of 90 MW.
  near((await solveTiny(study, 0, { load: [90] })).value("thermal", 0, 0), 20);
  near((await solveTiny(study, 1, { load: [90] })).value("thermal", 0, 0), 20);
  assert.throws(
    () => {
      const [half, , summer] = system.parameters;
      tinyStudy({
        ...system,
        parameters: [half!, { id: 1, name: "cap", kind: "per_stage", values: [[0, 1]] }, summer!],
      });
    },
    { kind: "CoverageMismatch" },
  );
});

Deno.test("rows, constants, parameters and slacks make the constraint of a block", async () => {
  const system = tinySystem({
    stages: [tinyStage(0, [100, 300])],
    thermals: [tinyThermal(), tinyThermal({ id: 1, costPerMwh: 80 })],
    parameters: [{
      id: 0,
      name: "share",
      kind: "per_stage_block",
      values: [[0, 0, 0.5], [0, 1, 2]],
    }],
    genericConstraints: [
      constraint({
        id: 4,
        terms: [{ ...term("thermal_generation"), parameters: ["share"] }],
        constants: [{ value: 10, parameters: ["share"] }],
        slackPenalty: 45,
      }),
    ],
    genericBounds: boundsOf([
      { constraint_id: 4, stage_id: 0, bound_upper: 25 },
      { constraint_id: 4, stage_id: 0, block_id: 0, bound_lower: 18 },
    ]),
  });
  const study = tinyStudy(system);
  const { value, cost } = await solveTiny(study, 0, { load: [30, 30] });
  // Block 0: g + 5 ≤ 25, block 1: 4·g + 20 ≤ 25. The slack at 45 $ per MWh beats 30 $ of extra fuel
  // nowhere, but in block 0 the other row asks for g + 5 ≥ 18, which holds.
  near(value("thermal", 0, 0), 20);
  near(value("thermal", 0, 1), 1.25);
  near(cost, 100 * (20 * 50 + 10 * 80) + 300 * (1.25 * 50 + 28.75 * 80));
  const slack = await solveTiny(study, 0, { load: [4, 0] });
  near(slack.value("thermal", 0, 0), 4);
  near(slack.value("constraint_below", 0, 0, 2), 9);
  // Only half a block of 300 h: the constant alone, 20, stays below its bound.
  near(slack.cost, 100 * (4 * 50 + 9 * 45));
});

Deno.test("a two-sided constraint has a slack on either side", () => {
  const system = tinySystem(everything(term("thermal_generation")));
  const [given] = system.genericConstraints;
  const twoSided = {
    ...system,
    genericConstraints: [{ ...given!, slackPenalty: 3 }],
    genericBounds: boundsOf([{ constraint_id: 0, stage_id: 0, bound_lower: 1, bound_upper: 70 }]),
  };
  const { model } = tinyStudy(twoSided).stages[0]!;
  for (const kind of ["constraint_below", "constraint_above"] satisfies ColumnKind[]) {
    const column = findColumn(model, kind, 0, 1, 1);
    assert.equal(model.columnCosts[column], 300);
  }
});
