/**
 * Which rows and bounds of an infeasible stage problem contradict each other.
 *
 * Every row and bound may be broken at a price, and the least sum of breaches is found. What was
 * broken is then enforced, and so on until nothing can be found any more: what has been enforced by
 * then contains a contradiction (the elastic filter of J. W. Chinneck and E. W. Dravnieks, "Locating
 * minimal infeasible constraint sets in linear programs", ORSA Journal on Computing 3(2), 1991).
 * Whatever can be left out of it without mending it is left out, so that all that remains is needed.
 */
import type { System } from "../model/mod.ts";
import { CAUTIOUS_OPTIONS, type LpData, type LpModel, type LpSolver } from "../solver/mod.ts";
import { columnName, rowName } from "./model_key.ts";
import { plainLp, type StageModel } from "./stage_model.ts";

/** One of the rows or bounds that cannot all hold. */
export interface Conflict {
  /** What is bounded, in the user's terms. */
  readonly name: string;
  readonly sense: "at least" | "at most" | "exactly";
  readonly bound: number;
}

/** A breach of less than this, relative to the size of the bound, is rounding. */
const TOLERANCE = 1e-6;

/** Contradictions of the problem for known quantities; empty when it has a solution. */
export function findConflicts(
  solver: LpSolver,
  system: System,
  model: StageModel,
  known: Float64Array,
): Conflict[] {
  const plain = plainLp(model, known);
  const limits = limitsOf(plain);
  const rows = plain.rowLower.length;
  return contradiction(solver, plain, limits).map((at) => {
    const { row, sense, bound } = limits[at]!;
    const name = row < rows
      ? rowName(system, model.rowKeys[row]!)
      : columnName(system, model.columnKeys[row - rows]!);
    return { name, sense, bound };
  });
}

/** Positions of limits that cannot all hold. */
function contradiction(solver: LpSolver, plain: LpData, limits: readonly Limit[]): number[] {
  // Two sides of one thing, which no solver needs to look at.
  const crossed = limits.findIndex(({ row, bound }, at) =>
    limits[at + 1]?.row === row && bound > limits[at + 1]!.bound
  );
  if (crossed >= 0) return [crossed, crossed + 1];
  // Presolve would leave open whether a problem is infeasible or unbounded.
  using elastic = solver.createModel({ ...CAUTIOUS_OPTIONS, presolve: false });
  elastic.load(elasticLp(plain, limits));
  const enforced = elasticFilter(elastic, plain, limits);
  return deletionFilter(elastic, plain, limits, enforced);
}

/** A conflict in words. */
export function conflictText({ name, sense, bound }: Conflict): string {
  return `${name} ${sense} ${Number(bound.toPrecision(9))}`;
}

/** One side of a row; rows after those of the problem stand for its columns. */
interface Limit {
  readonly row: number;
  readonly sense: Conflict["sense"];
  readonly bound: number;
}

function limitsOf({ rowLower, rowUpper, columnLower, columnUpper }: LpData): Limit[] {
  const limits: Limit[] = [];
  const add = (row: number, lower: number, upper: number): void => {
    if (lower === upper) limits.push({ row, sense: "exactly", bound: lower });
    else {
      if (lower > -Infinity) limits.push({ row, sense: "at least", bound: lower });
      if (upper < Infinity) limits.push({ row, sense: "at most", bound: upper });
    }
  };
  rowLower.forEach((lower, row) => add(row, lower, rowUpper[row]!));
  const rows = rowLower.length;
  columnLower.forEach((lower, column) => add(rows + column, lower, columnUpper[column]!));
  return limits;
}

/**
 * Free columns, a row for each column, and two columns for each limit that take up too little and
 * too much, at a cost of one per unit. Those of limit i are at n + 2·i and n + 2·i + 1.
 */
function elasticLp(plain: LpData, limits: readonly Limit[]): LpData {
  const columns = plain.columnCosts.length;
  const rows = plain.rowLower.length;
  const total = columns + 2 * limits.length;
  const starts = new Int32Array(total + 1);
  const indices: number[] = [];
  const values: number[] = [];
  const { matrix } = plain;
  for (let column = 0; column < columns; column++) {
    for (let k = matrix.starts[column]!; k < matrix.starts[column + 1]!; k++) {
      indices.push(matrix.indices[k]!);
      values.push(matrix.values[k]!);
    }
    indices.push(rows + column);
    values.push(1);
    starts[column + 1] = indices.length;
  }
  limits.forEach(({ row }, at) => {
    indices.push(row, row);
    values.push(1, -1);
    starts[columns + 2 * at + 1] = indices.length - 1;
    starts[columns + 2 * at + 2] = indices.length;
  });
  const columnUpper = new Float64Array(total).fill(Infinity);
  limits.forEach((_, at) => {
    for (const slack of slacksOf(columns, limits, at)) columnUpper[slack.column] = slack.open;
  });
  return {
    columnCosts: new Float64Array(total).fill(0, 0, columns).fill(1, columns),
    columnLower: new Float64Array(total).fill(-Infinity, 0, columns),
    columnUpper,
    rowLower: Float64Array.of(...plain.rowLower, ...plain.columnLower),
    rowUpper: Float64Array.of(...plain.rowUpper, ...plain.columnUpper),
    matrix: {
      orientation: "columns",
      starts,
      indices: Int32Array.from(indices),
      values: Float64Array.from(values),
    },
    offset: 0,
  };
}

/** The two columns of a limit, and how far each may open: only on the side that it bounds. */
function slacksOf(
  columns: number,
  limits: readonly Limit[],
  at: number,
): readonly [{ column: number; open: number }, { column: number; open: number }] {
  const { sense } = limits[at]!;
  return [
    { column: columns + 2 * at, open: sense === "at most" ? 0 : Infinity },
    { column: columns + 2 * at + 1, open: sense === "at least" ? 0 : Infinity },
  ];
}

/** Lets a limit be broken, or not. */
function setOpen(
  model: LpModel,
  columns: number,
  limits: readonly Limit[],
  at: number,
  open: boolean,
): void {
  const slacks = slacksOf(columns, limits, at);
  model.setColumnBounds(
    slacks[0].column,
    2,
    new Float64Array(2),
    Float64Array.from(slacks, (slack) => open ? slack.open : 0),
  );
}

/** Limits that contain a contradiction; none when all limits can hold. */
function elasticFilter(model: LpModel, plain: LpData, limits: readonly Limit[]): number[] {
  const columns = plain.columnCosts.length;
  const values = new Float64Array(model.columns);
  const enforced: number[] = [];
  for (;;) {
    const status = model.solve();
    if (status === "infeasible") return enforced;
    // Without a verdict nothing can be said of contradictions.
    if (status !== "optimal") return [];
    model.readSolution(values, null, null, null);
    const broken = limits.flatMap(({ bound }, at) => {
      const breach = values[columns + 2 * at]! + values[columns + 2 * at + 1]!;
      return breach > TOLERANCE * (1 + Math.abs(bound)) ? [at] : [];
    });
    if (broken.length === 0) return [];
    for (const at of broken) {
      enforced.push(at);
      setOpen(model, columns, limits, at, false);
    }
  }
}

/** What is needed for the contradiction among some limits. */
function deletionFilter(
  model: LpModel,
  plain: LpData,
  limits: readonly Limit[],
  enforced: readonly number[],
): number[] {
  const columns = plain.columnCosts.length;
  // Only whether there is a solution counts now, so nothing has a price.
  model.setCosts(0, model.columns, new Float64Array(model.columns));
  return enforced.filter((at) => {
    setOpen(model, columns, limits, at, true);
    if (model.solve() === "infeasible") return false;
    setOpen(model, columns, limits, at, false);
    return true;
  }).sort((a, b) => a - b);
}
