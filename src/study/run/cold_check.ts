/**
 * Solves a sample of the stage problems of a simulation again, in another way: the whole problem
 * instead of the trimmed one, all cuts as rows at once, from no basis, with cautious options. What
 * differs would be a fault of one of these short cuts, or of the solver.
 */
import { plainLp, shiftedState } from "../../lp/mod.ts";
import { CobreError, counted } from "../../protocol/mod.ts";
import {
  cutCount,
  type CutPool,
  type SimulatedStage,
  startSimulation,
  type Study,
  type TrainedPolicy,
} from "../../sddp/mod.ts";
import { CAUTIOUS_OPTIONS, type LpSolver, openSolver } from "../../solver/mod.ts";
import type { ColdCheck, StudyRun } from "./study_run.ts";

/** Relative difference of two optimal costs beyond which something is wrong. */
const TOLERANCE = 1e-6;

/** Money of these problems is divided by this, which suits the tolerances of the solver. */
const COST_SCALE = 1000;

/** Solves `wanted` problems again. Throws `SolverFailure` where a difference cannot be rounding. */
export async function coldCheck(
  { read, prepared, request }: StudyRun,
  { pools, state }: TrainedPolicy,
  wanted: number,
): Promise<ColdCheck> {
  const scenarios = Math.ceil(wanted / prepared.study.stages.length);
  const { simulationNoise } = prepared.study;
  const study: Study = {
    ...prepared.study,
    scenarios,
    simulationNoise: { ...simulationNoise, scenarios },
  };
  using solver = await openSolver(study.solver);
  let problems = 0;
  let worst = { largest_difference: 0, stage: study.stages[0]!.id, scenario: 0 };
  await startSimulation(study, pools, {
    threads: request.threads,
    capacity: request.threads,
    system: read.system,
    problemFolder: null,
    sink: async ({ scenario, stages }) => {
      for (const stage of stages.slice(0, wanted - problems)) {
        problems++;
        const found = stage.stageCost + stage.futureCost;
        const cost = costOf(solver, study, pools[stage.position] ?? null, stage);
        const difference = Math.abs(cost - found) / Math.max(1, Math.abs(found));
        if (!(difference <= worst.largest_difference)) {
          const { id } = study.stages[stage.position]!;
          worst = { largest_difference: difference, stage: id, scenario };
        }
        // The solves block; signals are heard in between.
        await new Promise((resume) => setTimeout(resume));
      }
    },
  }).result;
  const { largest_difference: difference, stage, scenario } = worst;
  if (difference <= TOLERANCE) return { problems, ...worst };
  throw CobreError.of(
    "SolverFailure",
    `Of ${counted(problems, "problem")} solved again from nothing, the one of stage ${stage} in ` +
      `scenario ${scenario} costs something else: relative difference ${
        difference.toExponential(2)
      }`,
    { stage, iteration: state.iteration, scenario, solver_status: "different optimum" },
    "Set COBRE_SOLVER=wasm, or COBRE_HIGHS_LIB to another version of the solver, and compare",
  );
}

/** The optimal cost of a solved stage problem, found anew ($); NaN when there is none. */
function costOf(
  solver: LpSolver,
  study: Study,
  pool: CutPool | null,
  { position, state, columns }: SimulatedStage,
): number {
  const { model, map } = study.stages[position]!.template;
  const known = columns.subarray(0, model.parameters);
  const plain = plainLp(model, known);
  using lp = solver.createModel(CAUTIOUS_OPTIONS);
  const columnCosts = plain.columnCosts.map((cost) => cost / COST_SCALE);
  lp.load({ ...plain, columnCosts });
  if (pool !== null) {
    const moved = new Float64Array(map.outgoing.slots.length);
    const inflow = columns.subarray(map.firstInflow, map.firstInflow + map.inflow.base.length);
    shiftedState(map, state, inflow, moved);
    const future = model.columnKeys.flatMap(({ kind }, column) =>
      kind === "future" ? [column] : []
    );
    const { slots, intercept, coefficients, future: futureOf, active } = pool.rows;
    const count = cutCount(pool);
    const lower: number[] = [];
    const starts = [0];
    const indices: number[] = [];
    const values: number[] = [];
    for (let cut = 0; cut < count; cut++) {
      if (active[cut] === 0) continue;
      let bound = intercept[cut]!;
      indices.push(future[futureOf[cut]!]!);
      values.push(1);
      for (let slot = 0; slot < slots; slot++) {
        const coefficient = coefficients[cut * slots + slot]!;
        bound += coefficient * moved[slot]!;
        const column = map.outgoingColumn[slot]!;
        if (column < 0 || coefficient === 0) continue;
        indices.push(column);
        values.push(-coefficient);
      }
      lower.push(bound);
      starts.push(indices.length);
    }
    lp.addRows(
      lower.length,
      Float64Array.from(lower),
      new Float64Array(lower.length).fill(Infinity),
      Int32Array.from(starts),
      Int32Array.from(indices),
      Float64Array.from(values),
    );
  }
  return lp.solve() === "optimal" ? lp.objective() * COST_SCALE : NaN;
}
