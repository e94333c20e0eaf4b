/** How low the cost of the future can be, where it may be negative. */
import { rangeOf } from "./affine.ts";
import type { StageModel } from "./stage_model.ts";
import { trim } from "./trim.ts";

/**
 * A lower bound on what a stage itself costs ($, at most zero): every column that can earn earns the
 * most that its bounds allow. Export revenues, negative prices and the reward for sources that are
 * not curtailed come in here.
 */
export function leastStageCost(model: StageModel): number {
  const earns = (cost: number, column: number): boolean =>
    cost < 0 || (cost > 0 && model.columnLower[column]! < 0);
  const ownColumns = model.columnKeys.map(({ kind }) => kind !== "future");
  if (!model.columnCosts.some((cost, column) => ownColumns[column] && earns(cost, column))) {
    return 0;
  }
  // Trimming turns rows on single columns, such as the availability of a source, into bounds.
  const trimmed = trim(model, new Set());
  const { columnLower, columnUpper } = model;
  let least = 0;
  model.columnCosts.forEach((cost, column) => {
    if (cost === 0 || !ownColumns[column]) return;
    const value = trimmed.columnValue[column];
    if (value !== null && value !== undefined) {
      const [low, high] = rangeOf(value, columnLower, columnUpper);
      least += Math.min(0, cost * (cost > 0 ? low : high));
      return;
    }
    const side = cost > 0 ? trimmed.lower[column]! : trimmed.upper[column]!;
    let bound = side.constant;
    if (side.affine !== null) {
      const [low, high] = rangeOf(side.affine, columnLower, columnUpper);
      bound = cost > 0 ? Math.max(bound, low) : Math.min(bound, high);
    }
    least += Math.min(0, cost * bound);
  });
  return least;
}

/**
 * A lower bound on the cost of a stage and all later ones, seen from its start ($). Whatever the
 * measure of risk, it does not fall below a bound that every outcome keeps.
 */
export function leastCostFrom(model: StageModel, discount: number, after: number): number {
  const own = leastStageCost(model);
  return after === 0 ? own : own + discount * after;
}
