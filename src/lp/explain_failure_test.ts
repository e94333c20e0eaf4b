import assert from "node:assert/strict";
import type { GenericConstraint, GenericTerm } from "../model/mod.ts";
import type { CobreError } from "../protocol/mod.ts";
import { findSolver, openSolver } from "../solver/mod.ts";
import { explainFailure, failedProblem, type FailedSolve } from "./explain_failure.ts";
import { knownLayout } from "./known_quantities.ts";
import type { StageModel } from "./stage_model.ts";
import { tinyStudy } from "./testing/solve_tiny.ts";
import {
  tableOf,
  tinyContract,
  tinyHydro,
  tinyStage,
  tinySystem,
  tinyThermal,
} from "./testing/tiny_system.ts";

/** A constraint and its bounds. */
interface Bounded {
  readonly constraint: GenericConstraint;
  readonly lower: number | null;
  readonly upper: number | null;
}

/** A constraint on the generation of one thermal, without slack. */
function onThermal(
  id: number,
  name: string,
  lower: number | null,
  upper: number | null,
  term: Partial<GenericTerm> = {},
): Bounded {
  const constraint = {
    id,
    name,
    description: null,
    terms: [{
      coefficient: 1,
      parameters: [],
      variable: "thermal_generation",
      entityId: 0,
      blockId: null,
      busId: null,
      ...term,
    }],
    constants: [],
    slackPenalty: null,
  } as const;
  return { constraint, lower, upper };
}

function failedOf(
  more: Partial<Parameters<typeof tinySystem>[0]>,
  constraints: readonly Bounded[] = [],
  load = 50,
): FailedSolve {
  const system = tinySystem({
    genericConstraints: constraints.map(({ constraint }) => constraint),
    genericBounds: tableOf(
      ["constraint_id", "stage_id", "block_id"],
      ["bound_lower", "bound_upper"],
      constraints.map(({ constraint, lower, upper }) => ({
        constraint_id: constraint.id,
        stage_id: 3,
        block_id: 0,
        bound_lower: lower ?? NaN,
        bound_upper: upper ?? NaN,
      })),
    ),
    stages: [tinyStage(3)],
    hydros: [tinyHydro()],
    thermals: [tinyThermal()],
    volumes: [[0, 100]],
    ...more,
  });
  const { model } = tinyStudy(system).stages[0]!;
  return {
    system,
    model,
    known: knownOf(model, load),
    status: "infeasible",
    iteration: 5,
    scenario: 2,
    opening: 7,
  };
}

function knownOf(model: StageModel, load: number): Float64Array {
  const known = new Float64Array(model.parameters);
  known[0] = 100;
  known[knownLayout(model).load] = load;
  return known;
}

async function explain(failed: FailedSolve, path: string | null = null): Promise<CobreError> {
  using solver = await openSolver(findSolver());
  return explainFailure(solver, failed, path);
}

Deno.test("constraints that contradict each other are named, and nothing else", async () => {
  const failed = failedOf({}, [
    onThermal(0, "floor", 60, null),
    onThermal(1, "harmless", null, 90),
    onThermal(2, "ceiling", null, 40),
  ]);
  const error = await explain(failed, "out/failure.mps");
  assert.equal(error.kind, "SolverFailure");
  assert.equal(
    error.message,
    "The problem of stage 3 (iteration 5, scenario 2, opening 7) was not solved: these cannot all " +
      "hold: constraint of GenericConstraint 0 'floor', block 0 at least 60; constraint of " +
      "GenericConstraint 2 'ceiling', block 0 at most 40. The problem is in out/failure.mps",
  );
  const { stage, iteration, scenario, opening, solver_status, mps_path } = error.context;
  assert.deepEqual([stage, iteration, scenario, opening], [3, 5, 2, 7]);
  assert.deepEqual([solver_status, mps_path], ["infeasible", "out/failure.mps"]);
});

Deno.test("a constraint and the bound of a plant that it asks too much of are named", async () => {
  const failed = failedOf({}, [onThermal(4, "all of it", 130, null)]);
  const error = await explain({ ...failed, iteration: null, scenario: null, opening: null });
  assert.match(error.message, /^The problem of stage 3 was not solved: these cannot all hold: /);
  assert.deepEqual(error.context["conflicts"], [
    "constraint of GenericConstraint 4 'all of it', block 0 at least 130",
    "generation of Thermal 0 'T0', block 0 at most 100",
  ]);
});

Deno.test("a constraint that runs through other rows is named with the rows on its way", async () => {
  const storage = onThermal(6, "keep", 190, null, { variable: "hydro_storage" });
  const error = await explain(failedOf({}, [storage]));
  const conflicts = error.context["conflicts"] as string[];
  // 100 hm³ and no inflow: the balance cannot bring 190.
  for (
    const part of [
      /^water balance of Hydro 0 'H0' exactly 0$/,
      /'keep'.* at least 190$/,
      /^initial storage of Hydro 0 'H0' exactly 100$/,
      /^inflow of Hydro 0 'H0' exactly 0$/,
      /^turbined flow of Hydro 0 'H0', block 0 at least 0$/,
      /^spillage of Hydro 0 'H0', block 0 at least 0$/,
    ]
  ) assert.ok(conflicts.some((text) => part.test(text)), `${part} in ${conflicts.join("; ")}`);
  assert.ok(conflicts.length <= 7, conflicts.join("; "));
});

Deno.test("every conflict is needed: without one of them the problem has a solution", async () => {
  const constraints = [
    onThermal(0, "floor", 60, null),
    onThermal(1, "ceiling", null, 40),
    onThermal(2, "other ceiling", null, 30),
  ];
  const names = (await explain(failedOf({}, constraints)))
    .context["conflicts"] as string[];
  assert.equal(names.length, 2);
  for (const name of names) {
    const kept = constraints.filter(({ constraint }) =>
      names.some((other) => other !== name && other.includes(`'${constraint.name}'`))
    );
    const error = await explain(failedOf({}, kept));
    assert.equal(error.context["conflicts"], null);
  }
});

Deno.test("bounds that cross are named without a solve", async () => {
  const failed = failedOf({ thermals: [tinyThermal({ minMw: 80, maxMw: 30 })] });
  const error = await explain(failed);
  assert.deepEqual(error.context["conflicts"], [
    "generation of Thermal 0 'T0', block 0 at least 80",
    "generation of Thermal 0 'T0', block 0 at most 30",
  ]);
});

Deno.test("what pays without end is named", async () => {
  const contracts = [tinyContract({ maxMw: Infinity, pricePerMwh: -5 })];
  const error = await explain({ ...failedOf({ contracts }), status: "unbounded" });
  assert.match(error.message, /its cost falls without end with .*more contracted power of EnergyC/);
});

Deno.test("a known quantity that is not a number is named", async () => {
  const failed = failedOf({});
  failed.known[1] = NaN;
  const error = await explain(failed);
  assert.match(error.message, /inflow of Hydro 0 'H0' is NaN, expected a number/);
});

Deno.test("when the problem can be solved after all, the penalties that it needs are named", async () => {
  const error = await explain({ ...failedOf({}, [], 1000), status: "unknown" });
  assert.match(error.message, /ended with the status unknown, but without cuts .* from scratch/);
  assert.deepEqual(error.context["active_penalty_slacks"], [
    "deficit of Bus 0 'B0', block 0, segment 0",
  ]);
});

Deno.test("the problem is written with the names of the messages", () => {
  const failed = failedOf({}, [onThermal(0, "floor", 60, null)]);
  const mps = failedProblem(failed);
  assert.match(mps, /^NAME stage_3\n/);
  assert.match(mps, / G constraint_of_GenericConstraint_0_'floor',_block_0\n/);
  assert.match(mps, / FX bound load_of_Bus_0_'B0',_block_0 50\n/);
});
