/** Solves one stage again and again, with few of its cuts as rows at any time. */
import {
  BasisStatus,
  type LpModel,
  type LpOptions,
  type LpSolver,
  type LpStatus,
  type RetryCounters,
  solveWithRetry,
} from "../solver/mod.ts";
import { CobreError } from "../protocol/mod.ts";
import {
  applyBounds,
  type BoundsWorkspace,
  boundsWorkspace,
  computeBounds,
  trimmedCost,
} from "./apply_parameters.ts";
import {
  type CutRows,
  findViolations,
  type SlotRange,
  slotRanges,
  type Violations,
  violations,
} from "./cut_rows.ts";
import type { TrimmedSolution } from "./read_back.ts";
import type { StageStart } from "./stage_start.ts";
import type { StageTemplate } from "./stage_template.ts";

/** Coefficients below this are dropped by the solver, with a warning. */
const LEAST_COEFFICIENT = 1e-9;

/** Rows of cuts for which there is room at first; it doubles when needed. */
const FIRST_ROOM = 64;

/** How cuts are looked at. */
export interface CutOptions {
  /** A cut is broken beyond this, relative to 1 + |future cost|. */
  readonly tolerance: number;
  /** Adding every broken cut at once adds far more than will bind. */
  readonly maxAddedPerRound: number;
}

/** What was measured best. */
export const CUT_OPTIONS: CutOptions = { tolerance: 1e-8, maxAddedPerRound: 8 };

/** What a stage solver is made of. */
export interface StageSolverSettings {
  readonly template: StageTemplate;
  readonly cuts: CutRows;
  /** Counts of the retries, which several stages may share. */
  readonly counters: RetryCounters;
  readonly cutOptions?: CutOptions;
  readonly lpOptions?: Partial<LpOptions>;
}

/**
 * One stage in one solver. A task begins with {@link startTask}, which sets the rows, the basis and
 * the solver's inner state from what all workers share; its solves follow in a fixed order and may
 * use whatever those before left behind. So the result of a task does not depend on what this worker
 * did before it.
 *
 * Solutions are in the arrays of this object until the next solve.
 */
export class StageSolver implements Disposable {
  readonly template: StageTemplate;
  readonly cuts: CutRows;
  readonly model: LpModel;
  /** The last solution, in the money of the template. Duals of cut rows follow those of its rows. */
  solution: TrimmedSolution;
  /** Decided part of the outgoing state, by slot. */
  readonly decided: Float64Array;
  /** Values of the future columns ($). */
  readonly future: Float64Array;
  /** Σ dual · coefficient over the cuts, by outgoing slot ($ per unit). */
  readonly outgoingPrices: Float64Array;
  /** Cuts that are rows, in the order of the rows; `residentCount` of them. */
  resident = new Int32Array(FIRST_ROOM);
  residentCount = 0;
  /** Simplex runs; a solve takes more than one when its solution breaks a cut. */
  runs = 0;
  /** Slots with a part that is known before the solve, which {@link knownCutParts} needs. */
  readonly knownRanges: readonly SlotRange[];
  readonly #decidedRanges: readonly SlotRange[];
  readonly #counters: RetryCounters;
  readonly #options: CutOptions;
  readonly #isResident: Uint8Array;
  readonly #found: Violations;
  #cutCount = 0;
  #bounds: BoundsWorkspace;
  #rowStatus: Uint8Array;
  readonly #columnStatus: Uint8Array;

  constructor(solver: LpSolver, settings: StageSolverSettings) {
    const { template, cuts, counters, cutOptions = CUT_OPTIONS, lpOptions = {} } = settings;
    this.template = template;
    this.cuts = cuts;
    this.#counters = counters;
    this.#options = cutOptions;
    this.model = solver.createModel(lpOptions);
    this.model.load(template.lp);
    const slots = template.outgoingColumn.length;
    this.decided = new Float64Array(slots);
    this.outgoingPrices = new Float64Array(slots);
    this.future = new Float64Array(template.futureColumns.length);
    this.#decidedRanges = slotRanges(slots, (slot) => template.outgoingColumn[slot]! >= 0);
    // Every slot but a storage that is a column may move something along.
    this.knownRanges = slotRanges(
      slots,
      (slot) =>
        template.outgoingColumn[slot]! < 0 ||
        template.map.outgoing.slots[slot]!.kind !== "storage",
    );
    this.#isResident = new Uint8Array(cuts.active.length);
    this.#found = violations(cutOptions.maxAddedPerRound);
    this.#columnStatus = new Uint8Array(template.columns.length);
    this.#bounds = boundsWorkspace(template, FIRST_ROOM);
    this.#rowStatus = new Uint8Array(template.rows.length + FIRST_ROOM);
    this.solution = this.#emptySolution(FIRST_ROOM);
  }

  /**
   * Sets the canonical state of a task that may see the first `cutCount` cuts: the rows of `start`
   * and then those of `extra` (`extraCount` of them), and the basis of `start`; without it, the slack
   * basis.
   */
  startTask(
    cutCount: number,
    start: StageStart | null,
    extra: Int32Array = new Int32Array(0),
    extraCount = extra.length,
  ): void {
    const { template, model } = this;
    this.#cutCount = cutCount;
    if (template.futureColumns.length > 0) {
      this.#setResident(start, extra, extraCount);
    }
    if (start === null) {
      model.reset();
      return;
    }
    const own = template.rows.length;
    this.#rowStatus.set(start.rows);
    for (let at = 0; at < this.residentCount; at++) {
      this.#rowStatus[own + at] = at < start.cutCount ? BasisStatus.lower : BasisStatus.basic;
    }
    model.reset(start.columns, this.#rowStatus);
  }

  /** Adds the cuts of `extra` that the running task lacks. They enter the basis. */
  addCuts(extra: Int32Array, extraCount = extra.length): void {
    const first = this.residentCount;
    this.#append(extra, extraCount);
    this.#addRows(first);
  }

  /**
   * Solves for known quantities and the known parts of the cuts. The outcome is the optimum over all
   * cuts of the task, whichever of them are rows. Returns the status; see {@link cost}.
   */
  solve(known: Float64Array, cutParts: Float64Array): LpStatus {
    const { template, model, cuts, future, decided } = this;
    computeBounds(template, known, this.#bounds);
    this.#boundCuts(0, cutParts);
    applyBounds(template, this.#bounds, model, this.residentCount);
    const trial = {
      parts: cutParts,
      decided,
      ranges: this.#decidedRanges,
      future,
      resident: this.#isResident,
      tolerance: this.#options.tolerance,
    };
    for (;;) {
      this.runs++;
      const status = solveWithRetry(model, this.#counters);
      if (status !== "optimal") return status;
      const { columns, reducedCosts, duals } = this.solution;
      model.readSolution(columns, reducedCosts, null, duals);
      this.#readOutgoing();
      if (future.length === 0) break;
      findViolations(cuts, this.#cutCount, trial, this.#found);
      if (this.#found.count === 0) break;
      const first = this.residentCount;
      this.#append(this.#found.cuts, this.#found.count);
      this.#boundCuts(first, cutParts);
      this.#addRows(first);
    }
    this.#priceOutgoing();
    return "optimal";
  }

  /** Cost of the stage and of its future in the last solution ($). */
  cost(known: Float64Array): number {
    return this.template.costScale * this.model.objective() + trimmedCost(this.template, known);
  }

  /** Copies the basis of the last solve. */
  storeStart(start: StageStart): void {
    this.model.getBasis(this.#columnStatus, this.#rowStatus);
    start.columns.set(this.#columnStatus);
    const own = start.rows.length;
    start.rows.set(this.#rowStatus.subarray(0, own));
    start.cutCount = 0;
    for (let at = 0; at < this.residentCount; at++) {
      if (this.#rowStatus[own + at] !== BasisStatus.basic) {
        start.cuts[start.cutCount++] = this.resident[at]!;
      }
    }
  }

  /** Calls back for each cut that is a row, with its dual: the weight of the cut in the solution. */
  eachCutDual(visit: (cut: number, dual: number) => void): void {
    const own = this.template.rows.length;
    for (let at = 0; at < this.residentCount; at++) {
      visit(this.resident[at]!, this.solution.duals[own + at]!);
    }
  }

  /** Frees the model. */
  close(): void {
    this.model.close();
  }

  [Symbol.dispose](): void {
    this.close();
  }

  /** Brings the rows of cuts into canonical order: those of the start, then the extra ones. */
  #setResident(start: StageStart | null, extra: Int32Array, extraCount: number): void {
    for (let at = 0; at < this.residentCount; at++) this.#isResident[this.resident[at]!] = 0;
    const before = this.resident.slice(0, this.residentCount);
    this.residentCount = 0;
    if (start !== null) this.#append(start.cuts, start.cutCount);
    this.#append(extra, extraCount);
    const same = before.length === this.residentCount &&
      before.every((cut, at) => cut === this.resident[at]);
    if (same) return;
    if (before.length > 0) this.model.deleteRows(this.template.rows.length, before.length);
    this.#addRows(0);
  }

  /** Marks cuts as rows, leaving out those that are. */
  #append(cuts: Int32Array, count: number): void {
    for (let at = 0; at < count; at++) {
      const cut = cuts[at]!;
      if (cut < 0 || cut >= this.#cutCount) {
        throw CobreError.of(
          "InternalPanic",
          `Cut ${cut} was named for a stage whose task sees ${this.#cutCount} cuts`,
          { location: "StageSolver" },
        );
      }
      if (this.#isResident[cut] === 1) continue;
      this.#isResident[cut] = 1;
      if (this.residentCount === this.resident.length) this.#grow();
      this.resident[this.residentCount++] = cut;
    }
  }

  /** Right-hand sides of the rows of cuts from `first` on. */
  #boundCuts(first: number, parts: Float64Array): void {
    const { rowLower, rowUpper } = this.#bounds;
    const offset = this.template.rows.length - this.template.firstPatched;
    for (let at = first; at < this.residentCount; at++) {
      rowLower[offset + at] = parts[this.resident[at]!]! / this.template.costScale;
      rowUpper[offset + at] = Infinity;
    }
  }

  /** Appends the rows of the resident cuts from `first` on to the model, with their bounds. */
  #addRows(first: number): void {
    const count = this.residentCount - first;
    if (count === 0) return;
    const { cuts, template } = this;
    const { slots, coefficients } = cuts;
    const width = 1 + slots;
    const starts = new Int32Array(count + 1);
    const indices = new Int32Array(count * width);
    const values = new Float64Array(count * width);
    let entries = 0;
    for (let at = 0; at < count; at++) {
      const cut = this.resident[first + at]!;
      indices[entries] = template.futureColumns[cuts.future[cut]!]!;
      values[entries++] = 1;
      for (const [from, to] of this.#decidedRanges) {
        for (let slot = from; slot < to; slot++) {
          const value = -coefficients[cut * slots + slot]! / template.costScale;
          if (Math.abs(value) <= LEAST_COEFFICIENT) continue;
          indices[entries] = template.outgoingColumn[slot]!;
          values[entries++] = value;
        }
      }
      starts[at + 1] = entries;
    }
    const offset = template.rows.length - template.firstPatched + first;
    const { rowLower, rowUpper } = this.#bounds;
    this.model.addRows(
      count,
      rowLower.subarray(offset, offset + count),
      rowUpper.subarray(offset, offset + count),
      starts,
      indices.subarray(0, entries),
      values.subarray(0, entries),
    );
  }

  #readOutgoing(): void {
    const { template, solution, decided, future } = this;
    const { outgoingColumn, futureColumns, costScale } = template;
    for (let slot = 0; slot < decided.length; slot++) {
      const column = outgoingColumn[slot]!;
      decided[slot] = column < 0 ? 0 : solution.columns[column]!;
    }
    for (let at = 0; at < future.length; at++) {
      future[at] = solution.columns[futureColumns[at]!]! * costScale;
    }
  }

  #priceOutgoing(): void {
    const { outgoingPrices, cuts, solution } = this;
    const { slots, coefficients } = cuts;
    const own = this.template.rows.length;
    outgoingPrices.fill(0);
    for (let at = 0; at < this.residentCount; at++) {
      const dual = solution.duals[own + at]!;
      if (dual === 0) continue;
      const row = this.resident[at]! * slots;
      for (let slot = 0; slot < slots; slot++) {
        outgoingPrices[slot]! += dual * coefficients[row + slot]!;
      }
    }
  }

  #grow(): void {
    const room = 2 * this.resident.length;
    const resident = new Int32Array(room);
    resident.set(this.resident);
    this.resident = resident;
    const bounds = boundsWorkspace(this.template, room);
    bounds.rowLower.set(this.#bounds.rowLower);
    bounds.rowUpper.set(this.#bounds.rowUpper);
    bounds.columnLower.set(this.#bounds.columnLower);
    bounds.columnUpper.set(this.#bounds.columnUpper);
    this.#bounds = bounds;
    const rowStatus = new Uint8Array(this.template.rows.length + room);
    rowStatus.set(this.#rowStatus);
    this.#rowStatus = rowStatus;
    this.solution = this.#emptySolution(room);
  }

  #emptySolution(room: number): TrimmedSolution {
    const { columns, rows } = this.template;
    return {
      columns: new Float64Array(columns.length),
      reducedCosts: new Float64Array(columns.length),
      duals: new Float64Array(rows.length + room),
    };
  }
}
