/**
 * The derivative of the optimal cost of a stage in its incoming state.
 *
 * The stage problem with cuts is, for an incoming state x, known quantities p, outgoing state y,
 *
 *     Q(x) = min c·u + Σ weight·θ   over  A·u within bounds that are affine in p,
 *                                         θ ≥ α + β·y  for every cut,
 *     p = E·x + F·z,   z = base + L·x + σ·η,   y = D·u + K·p + S·x + T·z + constant.
 *
 * E and F put storages, water, commitments and inflows in their places; D picks the decided columns;
 * S and T are what merely moves; K is for outgoing columns that trimming expressed in p. Only the
 * right-hand sides depend on x, so Q is convex and its derivative is the sum of dual · ∂rhs/∂x over
 * all rows and bounds. With row duals λ, reduced costs d, and cut duals μ, and π = Σ μ·β the price of
 * each outgoing slot (a cut has the right-hand side α + β·(known part of y)):
 *
 *     g_p = λ·∂rows/∂p + d·∂bounds/∂p + ∂cost/∂p + Kᵀ·π          for each known quantity,
 *     g_z = g_p at the inflows + Tᵀ·π,
 *     ∂Q/∂x = Eᵀ·g_p + Lᵀ·g_z + Sᵀ·π.
 *
 * The first two terms of g_p are the reduced cost that the column of the quantity has in the whole
 * problem. At a solution with several optimal duals the result is one of the subgradients: for all
 * x', Q(x') ≥ Q(x) + g·(x' − x).
 *
 * A coefficient a of column u in row r that follows p adds −λ_r·u·∂a/∂p to g_p. Problems with such
 * coefficients are not convex in p and are only simulated.
 *
 * Where the inflow was cut off at zero, the noise that it was given counts as data and the slope in
 * the lags stays L; the result is then no longer a subgradient.
 */
import { rowDot } from "./apply_parameters.ts";
import { addTransposedProduct, type SparseRows } from "./inflow_map.ts";
import type { StageSolver } from "./stage_solver.ts";

/** Room for the steps of {@link stateGradient}. */
export interface GradientWorkspace {
  readonly known: Float64Array;
  readonly inflow: Float64Array;
}

/** Room for the gradients of a stage. */
export function gradientWorkspace({ template }: StageSolver): GradientWorkspace {
  return {
    known: new Float64Array(template.model.parameters),
    inflow: new Float64Array(template.map.inflow.base.length),
  };
}

/** The derivative of the last optimal cost in the incoming state ($ per unit), by slot. */
export function stateGradient(
  stage: StageSolver,
  known: Float64Array,
  workspace: GradientWorkspace,
  gradient: Float64Array,
): void {
  const { template: { map }, outgoingPrices } = stage;
  knownGradient(stage, known, workspace.known);
  const { inflow } = workspace;
  for (let hydro = 0; hydro < inflow.length; hydro++) {
    inflow[hydro] = workspace.known[map.firstInflow + hydro]!;
  }
  addTransposedProduct(map.shiftInflow, outgoingPrices, inflow);
  const { incomingParameter } = map;
  for (let slot = 0; slot < incomingParameter.length; slot++) {
    const quantity = incomingParameter[slot]!;
    gradient[slot] = quantity < 0 ? 0 : workspace.known[quantity]!;
  }
  addTransposedProduct(map.inflow.lags, inflow, gradient);
  addTransposedProduct(map.shift, outgoingPrices, gradient);
}

/** The derivative of the last optimal cost in each known quantity ($ per unit). */
export function knownGradient(
  { template, solution, outgoingPrices }: StageSolver,
  known: Float64Array,
  gradient: Float64Array,
): void {
  const { costScale, firstPatched, rowPatch, boundPatches, costPatch, outgoingPatch } = template;
  gradient.fill(0);
  for (let at = 0; at + 1 < rowPatch.starts.length; at++) {
    const dual = solution.duals[firstPatched + at]!;
    if (dual !== 0) addRow(rowPatch, at, dual * costScale, gradient);
  }
  const { columns, lower, upper, lowerLimit, upperLimit } = boundPatches;
  for (let at = 0; at < columns.length; at++) {
    const reduced = solution.reducedCosts[columns[at]!]!;
    if (reduced > 0) {
      const bound = boundPatches.lowerConstant[at]! + rowDot(lower, at, known);
      if (bound > lowerLimit[at]!) addRow(lower, at, reduced * costScale, gradient);
    } else if (reduced < 0) {
      const bound = boundPatches.upperConstant[at]! + rowDot(upper, at, known);
      if (bound < upperLimit[at]!) addRow(upper, at, reduced * costScale, gradient);
    }
  }
  for (const { row, column, quantity, slope } of template.variableEntries) {
    gradient[quantity]! -= costScale * slope * solution.duals[row]! * solution.columns[column]!;
  }
  addRow(costPatch, 0, 1, gradient);
  addTransposedProduct(outgoingPatch, outgoingPrices, gradient);
}

function addRow(
  { starts, columns, values }: SparseRows,
  row: number,
  factor: number,
  target: Float64Array,
): void {
  for (let k = starts[row]!; k < starts[row + 1]!; k++) target[columns[k]!]! += factor * values[k]!;
}
