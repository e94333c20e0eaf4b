/** Solves single stages of tiny systems, whole and trimmed, and demands that both agree. */
import assert from "node:assert/strict";
import type { System } from "../../model/mod.ts";
import { findSolver, type LpSolver, openSolver } from "../../solver/mod.ts";
import {
  applyCoefficients,
  boundsWorkspace,
  computeBounds,
  trimmedCost,
} from "../apply_parameters.ts";
import { initialState } from "../initial_state.ts";
import { addDecided, knownLayout, setStateQuantities, shiftedState } from "../known_quantities.ts";
import type { ColumnKind, RowKind } from "../model_key.ts";
import type { EvaporationLine, Production } from "../plant_data.ts";
import { fullSolution, readBack } from "../read_back.ts";
import { findColumn, findRow, plainLp } from "../stage_model.ts";
import { stageTemplate } from "../stage_template.ts";
import { buildStudyModels, type StudyModels, type StudySettings } from "../study_models.ts";
import { applyBounds } from "./apply_bounds.ts";
import { assertOptimal } from "./optimality.ts";

/** Opened on first use, for tests solve many stages. */
let shared: Promise<LpSolver> | undefined;

/** What a test says of plants and settings; production is 1 MW per m³/s unless told. */
export interface TinySettings extends Partial<Omit<StudySettings, "plants">> {
  readonly production?: readonly Production[];
  readonly evaporation?: readonly (EvaporationLine | null)[];
}

/** The problems of a tiny system without a future. */
export function tinyStudy(system: System, settings: TinySettings = {}): StudyModels {
  const { production, evaporation, ...rest } = settings;
  const plants = {
    production: production ??
      system.hydros.map((): Production => ({ kind: "constant", productivity: 1 })),
    evaporation: evaporation ?? system.hydros.map(() => null),
  };
  return buildStudyModels(system, {
    plants: system.horizon.stages.map(() => plants),
    future: () => ({ kind: "none" }),
    inflowPenalty: false,
    computedParameter: () => 0,
    ...rest,
  });
}

/** What is known in a stage; all zero by default. */
export interface TinyKnown {
  /** The incoming state; default the initial one. */
  readonly state?: Float64Array;
  /** By hydro (m³/s). */
  readonly inflow?: readonly number[];
  /** By bus and block (MW). */
  readonly load?: readonly number[];
  /** By source and block (MW). */
  readonly available?: readonly number[];
}

/** A solution by key. */
export interface TinySolution {
  readonly cost: number;
  readonly outgoing: Float64Array;
  /** Value of a column; fails if there is none. */
  value(kind: ColumnKind, entity: number, block?: number, sub?: number): number;
  /** Dual of a row; fails if there is none. */
  dual(kind: RowKind, entity: number, block?: number, sub?: number): number;
}

/** Solves one stage of a study. */
export async function solveTiny(
  study: StudyModels,
  position: number,
  given: TinyKnown = {},
): Promise<TinySolution> {
  shared ??= openSolver(findSolver());
  const solver = await shared;
  const { model, map } = study.stages[position]!;
  const known = new Float64Array(model.parameters);
  const layout = knownLayout(model);
  const state = given.state ?? initialState(study.frame.system, study.manifests[position]!);
  setStateQuantities(map, state, known);
  known.set(given.inflow ?? [], Math.max(0, layout.inflow));
  known.set(given.load ?? [], Math.max(0, layout.load));
  known.set(given.available ?? [], Math.max(0, layout.available));

  const plain = plainLp(model, known);
  using whole = solver.createModel();
  whole.load(plain);
  assert.equal(whole.solve(), "optimal");

  const template = stageTemplate(model, map, 1000);
  using trimmed = solver.createModel();
  trimmed.load(template.lp);
  const bounds = boundsWorkspace(template);
  computeBounds(template, known, bounds);
  applyBounds(template, bounds, trimmed);
  applyCoefficients(template, known, trimmed);
  assert.equal(trimmed.solve(), "optimal");
  const solution = {
    columns: new Float64Array(template.columns.length),
    reducedCosts: new Float64Array(template.columns.length),
    duals: new Float64Array(template.rows.length),
  };
  trimmed.readSolution(solution.columns, solution.reducedCosts, null, solution.duals);
  const full = fullSolution(template);
  readBack(template, solution, known, new Float64Array(map.outgoing.slots.length), full);
  assertOptimal(plain, full, "read back");
  const cost = 1000 * trimmed.objective() + trimmedCost(template, known);
  near(cost, whole.objective(), "cost of the trimmed problem");

  const outgoing = new Float64Array(map.outgoing.slots.length);
  shiftedState(map, state, known.subarray(Math.max(0, layout.inflow)), outgoing);
  addDecided(map, full.columns, outgoing);
  return {
    cost,
    outgoing,
    value(kind, entity, block = -1, sub = 0) {
      const column = findColumn(model, kind, entity, block, sub);
      assert.ok(column >= 0, `no column ${kind} ${entity} ${block} ${sub}`);
      return full.columns[column]!;
    },
    dual(kind, entity, block = -1, sub = 0) {
      const row = findRow(model, kind, entity, block, sub);
      assert.ok(row >= 0, `no row ${kind} ${entity} ${block} ${sub}`);
      return full.duals[row]!;
    },
  };
}

/** Fails unless two numbers agree to 1e-8 of their size. */
export function near(actual: number, expected: number, message = "value"): void {
  const difference = Math.abs(actual - expected);
  assert.ok(
    difference <= 1e-8 * Math.max(1, Math.abs(expected)),
    `${message}: ${actual}, wanted ${expected}`,
  );
}
