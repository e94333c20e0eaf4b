/**
 * The two interfaces that every solver implements. Nothing above this room knows HiGHS, and nothing
 * in it knows what the rows and columns mean.
 */
import type { LpOptions } from "./lp_options.ts";
import type { BasisArray, LpData, LpStatus } from "./lp_types.ts";

/** How a solver came to be the one in use. */
export interface SolverIdentity {
  readonly kind: "native" | "wasm";
  /** Version that the solver itself reports. */
  readonly version: string;
  /** The library as it was opened; null for the build that ships with the program. */
  readonly path: string | null;
}

/**
 * A source of models. One solver belongs to one thread.
 *
 * Methods to define: `createModel`, `close` (also as `Symbol.dispose`), and `identity`. A new
 * implementation also runs the behaviour suite in `lp_solver_suite.ts`.
 */
export interface LpSolver extends Disposable {
  readonly identity: SolverIdentity;
  /** An empty model; options that are not given are those of `WARM_OPTIONS`. */
  createModel(options?: Partial<LpOptions>): LpModel;
  /** Closes the solver and every model it made. Closing twice does nothing. */
  close(): void;
}

/**
 * One linear program inside a solver, with its basis and factorisation.
 *
 * Methods to define, by purpose:
 * - the model: `load`, `data`, `columns`, `rows`;
 * - changes that keep the basis: `setColumnBounds`, `setColumnBoundsAt`, `setRowBounds`,
 *   `setRowBoundsAt`, `setCosts`, `setCostsAt`, `setOffset`, `setCoefficient`, `addRows`,
 *   `deleteRows`, `deleteRowsAt`;
 * - basis: `getBasis`, `setBasis`, `reset`;
 * - solving: `options`, `setOptions`, `solve`, `status`, `iterations`;
 * - results: `objective`, `readSolution`, `readDualRay`, `readPrimalRay`;
 * - lifetime: `close`, `closed`, `Symbol.dispose`.
 *
 * Arrays belong to the caller, are never kept, and may be longer than what is asked of them, so one
 * set of arrays serves a model whose rows come and go. Nothing is allocated by a change of bounds, a
 * solve or a read. Wrong kinds and lengths of arrays, indices out of range, NaN, infinite costs and
 * coefficients, and use after `close` throw `InternalPanic`: they are faults of the caller. What the
 * solver refuses throws `SolverFailure`. A model that is infeasible or unbounded does not throw.
 *
 * **Signs.** The problem is always a minimisation. The dual of a row is the derivative of the
 * optimal objective with respect to a shift of that row's bounds, ∂objective/∂rhs: not negative
 * where the lower bound is active, not positive where the upper one is. The reduced cost of a column
 * is likewise the derivative with respect to a shift of the column's bounds, `cost − Aᵀ·dual`.
 *
 * **History.** Where several optima exist, which one a warm solve finds depends on what was solved
 * before. After `reset` with a given basis the results are the same, bit by bit, whatever came
 * before, provided that the model (including the order of its rows) and the options are the same.
 */
export interface LpModel extends Disposable {
  /** Number of columns. */
  readonly columns: number;
  /** Number of rows. */
  readonly rows: number;
  /** Whether `close` was called. */
  readonly closed: boolean;
  /** The options in force. */
  readonly options: LpOptions;
  /** What the last solve found; `not_solved` after `load`, any change, `setBasis` and `reset`. */
  readonly status: LpStatus;
  /** Simplex iterations of the last solve. */
  readonly iterations: number;

  /** Replaces the model and forgets basis and solution. All array lengths must match exactly. */
  load(lp: LpData): void;
  /** A copy of the model as it is now, column by column. For diagnosis, not for hot code. */
  data(): LpData;

  /** Sets the bounds of the columns `first` up to `first + count`. */
  setColumnBounds(first: number, count: number, lower: Float64Array, upper: Float64Array): void;
  /** Sets the bounds of the columns named by the first `count` indices, which must be distinct. */
  setColumnBoundsAt(
    count: number,
    indices: Int32Array,
    lower: Float64Array,
    upper: Float64Array,
  ): void;
  /** Sets the bounds of the rows `first` up to `first + count`. The fastest change there is. */
  setRowBounds(first: number, count: number, lower: Float64Array, upper: Float64Array): void;
  /** Sets the bounds of the rows named by the first `count` indices, which must be distinct. */
  setRowBoundsAt(
    count: number,
    indices: Int32Array,
    lower: Float64Array,
    upper: Float64Array,
  ): void;
  /** Sets the costs of the columns `first` up to `first + count`. */
  setCosts(first: number, count: number, costs: Float64Array): void;
  /** Sets the costs of the columns named by the first `count` indices, which must be distinct. */
  setCostsAt(count: number, indices: Int32Array, costs: Float64Array): void;
  /** Sets the constant in the objective. */
  setOffset(offset: number): void;
  /** Sets one coefficient; a magnitude of 1e-9 or less removes it. */
  setCoefficient(row: number, column: number, value: number): void;

  /**
   * Appends `count` rows; row `r` holds the entries `starts[r]` up to `starts[r + 1]`, so `starts`
   * has at least `count + 1` entries and begins with 0. The new rows enter the basis.
   */
  addRows(
    count: number,
    lower: Float64Array,
    upper: Float64Array,
    starts: Int32Array,
    indices: Int32Array,
    values: Float64Array,
  ): void;
  /**
   * Deletes the rows `first` up to `first + count`; later rows move up. The basis survives when all
   * of them are basic; deleting a row that binds loses it.
   */
  deleteRows(first: number, count: number): void;
  /** Deletes the rows named by the first `count` indices, in strictly increasing order. */
  deleteRowsAt(count: number, indices: Int32Array): void;

  /** Copies the basis of the last solve out. Throws `SolverFailure` when there is none. */
  getBasis(columns: BasisArray, rows: BasisArray): void;
  /** Sets the basis to start from. As many statuses must be `basic` as there are rows. */
  setBasis(columns: BasisArray, rows: BasisArray): void;
  /**
   * Forgets everything that earlier solves left behind (factorisation, weights, solution) and starts
   * from the given basis, or from the slack basis when none is given.
   */
  reset(columns?: BasisArray, rows?: BasisArray): void;

  /** Changes some options; the model and the basis stay. */
  setOptions(options: Partial<LpOptions>): void;
  /** Solves from the current basis, blocking the thread. */
  solve(): LpStatus;

  /** The objective of the last solve. */
  objective(): number;
  /**
   * Copies the last solution out; pass null for what is not wanted. Throws unless the status is
   * `optimal`, as does `objective`.
   */
  readSolution(
    columnValues: Float64Array | null,
    reducedCosts: Float64Array | null,
    rowActivities: Float64Array | null,
    rowDuals: Float64Array | null,
  ): void;
  /**
   * After `infeasible`: a row combination that no point within the column bounds can satisfy (a
   * Farkas certificate). Returns whether there is one. May solve again inside.
   */
  readDualRay(rows: Float64Array): boolean;
  /** After `unbounded`: a direction of unlimited descent. Returns whether there is one. */
  readPrimalRay(columns: Float64Array): boolean;

  /** Frees the model. Closing twice does nothing. */
  close(): void;
}
