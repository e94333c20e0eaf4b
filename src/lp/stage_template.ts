/** The trimmed problem of a stage in the form that solves use: flat arrays and tables of patches. */
import type { LpData } from "../solver/mod.ts";
import type { AffineForm } from "./affine.ts";
import { type SparseRows, sparseRows } from "./inflow_map.ts";
import type { ColumnKind, RowKind } from "./model_key.ts";
import type { StageModel, VariableEntry } from "./stage_model.ts";
import type { StateMap } from "./state_map.ts";
import { trim, type Trimmed } from "./trim.ts";

/** Bounds of columns that depend on known quantities. */
export interface BoundPatches {
  /** Columns of the trimmed problem, ascending; one may be patched on both sides. */
  readonly columns: Int32Array;
  /** The bounds are no weaker than these. */
  readonly lowerLimit: Float64Array;
  readonly upperLimit: Float64Array;
  /** Row p: what the known quantities add to the affine lower bound of patched column p. */
  readonly lower: SparseRows;
  readonly upper: SparseRows;
  /** Constants of the affine bounds; −∞ and ∞ where a side has none. */
  readonly lowerConstant: Float64Array;
  readonly upperConstant: Float64Array;
}

/**
 * A stage problem as the solver gets it. Money is divided by `costScale`: costs of other columns,
 * and the values of the columns that are money themselves.
 */
export interface StageTemplate {
  readonly model: StageModel;
  readonly map: StateMap;
  readonly trimmed: Trimmed;
  readonly costScale: number;
  /** By columns. Bounds that depend on known quantities are as if those were zero. */
  readonly lp: LpData;
  /** Column and row of the model that each one of the trimmed problem is. */
  readonly columns: Int32Array;
  readonly rows: Int32Array;
  /** Column of the trimmed problem that each one of the model is, or −1. */
  readonly columnAt: Int32Array;
  /**
   * The first rows are always in the solver; the others wait outside until a solution breaks them.
   * Rows whose bounds depend on known quantities are next to each other, the last ones of the first
   * kind and the first ones of the second. Row p of `rowPatch` is what row `firstPatched + p` adds to
   * its bounds per unit of each known quantity.
   */
  readonly coreRows: number;
  readonly firstPatched: number;
  readonly rowPatch: SparseRows;
  readonly boundPatches: BoundPatches;
  /** Coefficients that follow known quantities, by row and column of the trimmed problem. */
  readonly variableEntries: readonly (VariableEntry & { readonly base: number })[];
  /** Cost of the columns that are gone ($): constant + one row of coefficients on known quantities. */
  readonly costConstant: number;
  readonly costPatch: SparseRows;
  /** Column of the trimmed problem for each outgoing slot, or −1. */
  readonly outgoingColumn: Int32Array;
  /** What known quantities and constants add to outgoing slots whose column is gone. */
  readonly outgoingConstant: Float64Array;
  readonly outgoingPatch: SparseRows;
  /** Columns of the trimmed problem that cuts bound from below, by opening. */
  readonly futureColumns: Int32Array;
}

/**
 * Divisor of money where the case gives none. Times are the same within their scatter for 1, 10³ and
 * 10⁶; with 10³ the tolerance of the solver on prices (10⁻⁷) is 10⁻⁴ $ per unit, and cuts of studies
 * of billions keep coefficients of moderate size.
 */
export const DEFAULT_COST_SCALE = 1000;

/** Columns that are money. */
const MONEY_COLUMNS: ReadonlySet<ColumnKind> = new Set<ColumnKind>([
  "future",
  "tail_threshold",
  "tail_excess",
]);

/** Rows of money on both sides. */
const MONEY_ROWS: ReadonlySet<RowKind> = new Set<RowKind>(["tail_excess"]);

/**
 * Rows that wait outside the solver. Of the planes of a production function few bind: with a third of
 * 160 plants having 10 planes, in 3 blocks, a solve takes 3.1 ms instead of 4.6 ms, with 4 planes
 * each about the same; of 40 plants 0.9 and 0.8 ms instead of 1.3 and 1.1. Minimum outflows bind too
 * often: waiting outside they made a solve of 40 to 160 plants 5 to 15 % slower.
 */
export const LAZY_ROWS: ReadonlySet<RowKind> = new Set<RowKind>(["plane"]);

/** What one unit of a column of the trimmed problem is in the model. */
export function columnUnit({ model, costScale }: StageTemplate, column: number): number {
  return MONEY_COLUMNS.has(model.columnKeys[column]!.kind) ? costScale : 1;
}

/** What one unit of the dual of a row of the trimmed problem is in the model. */
export function dualUnit({ model, costScale }: StageTemplate, row: number): number {
  return MONEY_ROWS.has(model.rowKeys[row]!.kind) ? 1 : costScale;
}

/** Trims the problem of a stage and lays it out for solving. */
export function stageTemplate(
  model: StageModel,
  map: StateMap,
  costScale: number,
  lazyRows: ReadonlySet<RowKind> = LAZY_ROWS,
): StageTemplate {
  const future = model.columnKeys.flatMap(({ kind }, column) => kind === "future" ? [column] : []);
  const priced = new Set([...map.outgoingColumn, ...future].filter((column) => column >= 0));
  const trimmed = trim(model, priced);
  const columns = positionsOf(trimmed.columnStays);
  const columnAt = new Int32Array(trimmed.columnStays.length).fill(-1);
  columns.forEach((column, at) => columnAt[column] = at);
  const varies = (row: number): boolean => trimmed.rowShift[row]!.terms.size > 0;
  const waits = (row: number): boolean => lazyRows.has(model.rowKeys[row]!.kind);
  const staying = [...positionsOf(trimmed.rowStays)];
  const rowsThat = (lazy: boolean, patched: boolean): number[] =>
    staying.filter((row) => waits(row) === lazy && varies(row) === patched);
  const core = [...rowsThat(false, false), ...rowsThat(false, true)];
  const patched = [...rowsThat(false, true), ...rowsThat(true, true)];
  const rows = Int32Array.from([...core, ...rowsThat(true, true), ...rowsThat(true, false)]);

  let costConstant = 0;
  const costTerms = new Map<number, number>();
  trimmed.columnValue.forEach((value, column) => {
    if (value === null) return;
    const unit = model.columnCosts[column]!;
    costConstant += unit === 0 ? 0 : unit * value.constant;
    for (const [quantity, by] of value.terms) {
      costTerms.set(quantity, (costTerms.get(quantity) ?? 0) + unit * by);
    }
  });
  const gone = Array.from(
    map.outgoingColumn,
    (column) => column < 0 ? null : trimmed.columnValue[column]!,
  );
  return {
    model,
    map,
    trimmed,
    costScale,
    lp: trimmedLp(model, trimmed, columns, rows, costScale),
    columns,
    rows,
    columnAt,
    coreRows: core.length,
    firstPatched: rowsThat(false, false).length,
    rowPatch: sparseRows(patched.map((row) => termsOf(trimmed.rowShift[row]!, -1))),
    boundPatches: boundPatches(trimmed, columns),
    variableEntries: variableEntries(model, rows, columnAt),
    costConstant,
    costPatch: sparseRows([[...costTerms]]),
    outgoingColumn: map.outgoingColumn.map((column) => column < 0 ? -1 : columnAt[column]!),
    outgoingConstant: Float64Array.from(gone, (value) => value?.constant ?? 0),
    outgoingPatch: sparseRows(gone.map((value) => value === null ? [] : termsOf(value, 1))),
    futureColumns: Int32Array.from(future, (column) => columnAt[column]!),
  };
}

function variableEntries(
  { variableEntries, matrix }: StageModel,
  rows: Int32Array,
  columnAt: Int32Array,
): StageTemplate["variableEntries"] {
  return variableEntries.flatMap(({ row, column, quantity, slope }) => {
    const [at, to] = [columnAt[column]!, rows.indexOf(row)];
    if (at < 0 || to < 0) return [];
    let base = 0;
    for (let k = matrix.starts[column]!; k < matrix.starts[column + 1]!; k++) {
      if (matrix.indices[k] === row) base = matrix.values[k]!;
    }
    return [{ row: to, column: at, quantity, slope, base }];
  });
}

function positionsOf(flags: Uint8Array): Int32Array {
  const positions: number[] = [];
  flags.forEach((flag, at) => {
    if (flag === 1) positions.push(at);
  });
  return Int32Array.from(positions);
}

function termsOf({ terms }: AffineForm, factor: number): [number, number][] {
  return [...terms].map(([quantity, value]) => [quantity, factor * value]);
}

function trimmedLp(
  model: StageModel,
  { lower, upper, rowShift }: Trimmed,
  columns: Int32Array,
  rows: Int32Array,
  costScale: number,
): LpData {
  const rowAt = new Int32Array(model.rowLower.length).fill(-1);
  rows.forEach((row, at) => rowAt[row] = at);
  const unitOf = (column: number): number =>
    MONEY_COLUMNS.has(model.columnKeys[column]!.kind) ? costScale : 1;
  const starts = [0];
  const indices: number[] = [];
  const values: number[] = [];
  const { matrix } = model;
  for (const column of columns) {
    for (let k = matrix.starts[column]!; k < matrix.starts[column + 1]!; k++) {
      const row = rowAt[matrix.indices[k]!]!;
      if (row < 0) continue;
      indices.push(row);
      values.push(matrix.values[k]!);
    }
    starts.push(indices.length);
  }
  return {
    columnCosts: Float64Array.from(
      columns,
      (column) => model.columnCosts[column]! * unitOf(column) / costScale,
    ),
    columnLower: Float64Array.from(columns, (column) => lower[column]!.constant / unitOf(column)),
    columnUpper: Float64Array.from(columns, (column) => upper[column]!.constant / unitOf(column)),
    rowLower: Float64Array.from(rows, (row) => model.rowLower[row]! - rowShift[row]!.constant),
    rowUpper: Float64Array.from(rows, (row) => model.rowUpper[row]! - rowShift[row]!.constant),
    matrix: {
      orientation: "columns",
      starts: Int32Array.from(starts),
      indices: Int32Array.from(indices),
      values: Float64Array.from(values),
    },
    offset: 0,
  };
}

/** The trimmed problem without the rows that wait outside. */
export function coreLp({ lp, coreRows }: StageTemplate): LpData {
  const { matrix } = lp;
  const starts = new Int32Array(matrix.starts.length);
  const kept: number[] = [];
  for (let column = 0; column + 1 < starts.length; column++) {
    for (let k = matrix.starts[column]!; k < matrix.starts[column + 1]!; k++) {
      if (matrix.indices[k]! < coreRows) kept.push(k);
    }
    starts[column + 1] = kept.length;
  }
  return {
    ...lp,
    rowLower: lp.rowLower.slice(0, coreRows),
    rowUpper: lp.rowUpper.slice(0, coreRows),
    matrix: {
      orientation: "columns",
      starts,
      indices: Int32Array.from(kept, (k) => matrix.indices[k]!),
      values: Float64Array.from(kept, (k) => matrix.values[k]!),
    },
  };
}

function boundPatches({ lower, upper }: Trimmed, columns: Int32Array): BoundPatches {
  const patched: number[] = [];
  columns.forEach((column, at) => {
    if (lower[column]!.affine !== null || upper[column]!.affine !== null) patched.push(at);
  });
  const bounds = patched.map((at) => ({
    lower: lower[columns[at]!]!,
    upper: upper[columns[at]!]!,
  }));
  const terms = (form: AffineForm | null) => form === null ? [] : termsOf(form, 1);
  return {
    columns: Int32Array.from(patched),
    lowerLimit: Float64Array.from(bounds, (bound) => bound.lower.constant),
    upperLimit: Float64Array.from(bounds, (bound) => bound.upper.constant),
    lower: sparseRows(bounds.map((bound) => terms(bound.lower.affine))),
    upper: sparseRows(bounds.map((bound) => terms(bound.upper.affine))),
    lowerConstant: Float64Array.from(bounds, ({ lower }) => lower.affine?.constant ?? -Infinity),
    upperConstant: Float64Array.from(bounds, ({ upper }) => upper.affine?.constant ?? Infinity),
  };
}
