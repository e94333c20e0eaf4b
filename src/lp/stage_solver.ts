/** Solves one stage again and again, with few of its rows and cuts in the solver at any time. */
import {
  BasisStatus,
  type LpModel,
  type LpOptions,
  type LpSolver,
  type LpStatus,
  type RetryCounters,
  solveWithRetry,
} from "../solver/mod.ts";
import { AddedRows, rowEntries } from "./added_rows.ts";
import {
  applyCoefficients,
  type BoundsWorkspace,
  boundsWorkspace,
  computeBounds,
  trimmedCost,
} from "./apply_parameters.ts";
import {
  type CutRows,
  findViolations,
  type SlotRanges,
  slotRanges,
  type Violations,
  violations,
} from "./cut_rows.ts";
import { boundLazyRows, findBrokenRows, type LazyRows, lazyRows } from "./lazy_rows.ts";
import type { TrimmedSolution } from "./read_back.ts";
import type { StageStart } from "./stage_start.ts";
import { coreLp, type StageTemplate } from "./stage_template.ts";

/** How rows on demand are looked at. */
export interface RowOptions {
  /** A cut is broken beyond this, relative to 1 + |future cost|. */
  readonly cutTolerance: number;
  /** Adding every broken cut at once adds far more than will bind. */
  readonly maxCutsPerRound: number;
  /** A waiting row of the stage is broken beyond this, relative to 1 + |bound|. */
  readonly rowTolerance: number;
}

/** What was measured best. */
export const ROW_OPTIONS: RowOptions = {
  cutTolerance: 1e-8,
  maxCutsPerRound: 8,
  rowTolerance: 1e-8,
};

/** What a stage solver is made of. */
export interface StageSolverSettings {
  readonly template: StageTemplate;
  readonly cuts: CutRows;
  /** Counts of the retries, which several stages may share. */
  readonly counters: RetryCounters;
  readonly rowOptions?: RowOptions;
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
  /** The last solution, in the money of the template; rows that wait outside have dual zero. */
  readonly solution: TrimmedSolution;
  /** Decided part of the outgoing state, by slot. */
  readonly decided: Float64Array;
  /** Values of the future columns ($). */
  readonly future: Float64Array;
  /** Σ dual · coefficient over the cuts, by outgoing slot ($ per unit). */
  readonly outgoingPrices: Float64Array;
  /** Simplex runs; a solve takes more than one when its solution breaks a row. */
  runs = 0;
  /** Slots with a part that is known before the solve, which `knownCutParts` needs. */
  readonly knownRanges: SlotRanges;
  readonly #decidedRanges: SlotRanges;
  readonly #counters: RetryCounters;
  readonly #options: RowOptions;
  readonly #lazy: LazyRows;
  readonly #broken: Int32Array;
  readonly #found: Violations;
  readonly #added: AddedRows;
  readonly #bounds: BoundsWorkspace;
  readonly #columnStatus: Uint8Array;
  #cutCount = 0;
  /** Bounds of the patched rows that are always present, then of the added rows. */
  #lower = new Float64Array(0);
  #upper = new Float64Array(0);
  /** By row of the model. */
  #duals = new Float64Array(0);
  #rowStatus = new Uint8Array(0);

  constructor(solver: LpSolver, settings: StageSolverSettings) {
    const { template, cuts, counters, rowOptions = ROW_OPTIONS, lpOptions = {} } = settings;
    this.template = template;
    this.cuts = cuts;
    this.#counters = counters;
    this.#options = rowOptions;
    this.model = solver.createModel(lpOptions);
    this.model.load(coreLp(template));
    const { outgoingColumn, columns, rows, map } = template;
    const slots = outgoingColumn.length;
    this.decided = new Float64Array(slots);
    this.outgoingPrices = new Float64Array(slots);
    this.future = new Float64Array(template.futureColumns.length);
    this.#decidedRanges = slotRanges(slots, (slot) => outgoingColumn[slot]! >= 0);
    // Every slot but a storage that is a column may move something along.
    this.knownRanges = slotRanges(
      slots,
      (slot) => outgoingColumn[slot]! < 0 || map.outgoing.slots[slot]!.kind !== "storage",
    );
    this.#lazy = lazyRows(template);
    this.#broken = new Int32Array(this.#lazy.count);
    this.#found = violations(rowOptions.maxCutsPerRound);
    this.#added = new AddedRows(this.#lazy.count, cuts.active.length);
    this.#bounds = boundsWorkspace(template);
    this.#columnStatus = new Uint8Array(columns.length);
    this.solution = {
      columns: new Float64Array(columns.length),
      reducedCosts: new Float64Array(columns.length),
      duals: new Float64Array(rows.length),
    };
    this.#makeRoom();
  }

  /** Rows beyond those that are always in the solver. */
  get addedRows(): number {
    return this.#added.count;
  }

  /**
   * Sets the canonical state of a task that may see the first `cutCount` cuts: the rows of `start`,
   * the cuts of `extra` (`extraCount` of them), and the basis of `start`; without it the slack basis.
   */
  startTask(
    cutCount: number,
    start: StageStart | null,
    extra: Int32Array = new Int32Array(0),
    extraCount = extra.length,
  ): void {
    const added = this.#added;
    const before = added.ids.slice(0, added.count);
    added.clear();
    this.#cutCount = cutCount;
    if (start !== null) {
      added.appendLazy(start.lazy, start.counts[0]!);
      added.appendCuts(start.cuts, start.counts[1]!, cutCount);
    }
    added.appendCuts(extra, extraCount, cutCount);
    const same = before.length === added.count && before.every((id, at) => id === added.ids[at]);
    if (!same) {
      if (before.length > 0) this.model.deleteRows(this.template.coreRows, before.length);
      this.#addRows(0);
    }
    if (start === null) {
      this.model.reset();
      return;
    }
    const { coreRows } = this.template;
    const [lazy, cuts] = start.counts;
    const status = this.#rowStatus;
    status.set(start.rows);
    status.fill(BasisStatus.basic, coreRows, coreRows + added.count);
    for (let at = 0; at < lazy!; at++) status[coreRows + at] = start.lazyStatus[at]!;
    status.fill(BasisStatus.lower, coreRows + lazy!, coreRows + lazy! + cuts!);
    this.model.reset(start.columns, status);
  }

  /**
   * Solves for known quantities and the known parts of the cuts. The outcome is the optimum over all
   * rows and all cuts of the task, whichever of them are in the solver. See {@link cost}.
   */
  solve(known: Float64Array, cutParts: Float64Array): LpStatus {
    const { template, model, solution } = this;
    computeBounds(template, known, this.#bounds);
    boundLazyRows(this.#lazy, template, this.#bounds);
    this.#setBounds(cutParts);
    applyCoefficients(template, known, model);
    const trial = {
      parts: cutParts,
      decided: this.decided,
      ranges: this.#decidedRanges,
      future: this.future,
      resident: this.#added.cutPresent,
      tolerance: this.#options.cutTolerance,
    };
    for (;;) {
      this.runs++;
      const status = solveWithRetry(model, this.#counters);
      if (status !== "optimal") return status;
      model.readSolution(solution.columns, solution.reducedCosts, null, this.#duals);
      this.#readOutgoing();
      const first = this.#added.count;
      const broken = findBrokenRows(
        this.#lazy,
        solution.columns,
        this.#added.lazyPresent,
        this.#options.rowTolerance,
        this.#broken,
      );
      this.#added.appendLazy(this.#broken, broken);
      if (this.future.length > 0) {
        findViolations(this.cuts, this.#cutCount, trial, this.#found);
        this.#added.appendCuts(this.#found.cuts, this.#found.count, this.#cutCount);
      }
      if (this.#added.count === first) break;
      this.#addRows(first, cutParts);
    }
    this.#spreadDuals();
    return "optimal";
  }

  /** Cost of the stage and of its future in the last solution ($). */
  cost(known: Float64Array): number {
    return this.template.costScale * this.model.objective() + trimmedCost(this.template, known);
  }

  /** Copies the basis of the last solve. */
  storeStart(start: StageStart): void {
    const { ids, count, lazyCount } = this.#added;
    const { coreRows } = this.template;
    this.model.getBasis(this.#columnStatus, this.#rowStatus);
    start.columns.set(this.#columnStatus);
    start.rows.set(this.#rowStatus.subarray(0, coreRows));
    let lazy = 0;
    let cuts = 0;
    for (let at = 0; at < count; at++) {
      const status = this.#rowStatus[coreRows + at]!;
      if (status === BasisStatus.basic) continue;
      const id = ids[at]!;
      if (id < lazyCount) {
        start.lazy[lazy] = id;
        start.lazyStatus[lazy++] = status;
      } else {
        start.cuts[cuts++] = id - lazyCount;
      }
    }
    start.counts[0] = lazy;
    start.counts[1] = cuts;
  }

  /** Calls back for each cut that is a row, with its dual: the weight of the cut in the solution. */
  eachCutDual(visit: (cut: number, dual: number) => void): void {
    const { ids, count, lazyCount } = this.#added;
    for (let at = 0; at < count; at++) {
      const cut = ids[at]! - lazyCount;
      if (cut >= 0) visit(cut, this.#duals[this.template.coreRows + at]!);
    }
  }

  /** Frees the model. */
  close(): void {
    this.model.close();
  }

  [Symbol.dispose](): void {
    this.close();
  }

  /** Sets all bounds of a solve: one call for rows, one for columns. */
  #setBounds(cutParts: Float64Array): void {
    const { model, template } = this;
    const { firstPatched, coreRows, boundPatches } = template;
    const { rowLower, rowUpper, columnLower, columnUpper } = this.#bounds;
    const inCore = coreRows - firstPatched;
    for (let at = 0; at < inCore; at++) {
      this.#lower[at] = rowLower[at]!;
      this.#upper[at] = rowUpper[at]!;
    }
    this.#boundAdded(0, cutParts);
    const count = inCore + this.#added.count;
    if (count > 0) model.setRowBounds(firstPatched, count, this.#lower, this.#upper);
    const { columns } = boundPatches;
    if (columns.length > 0) {
      model.setColumnBoundsAt(columns.length, columns, columnLower, columnUpper);
    }
  }

  /** Bounds of the added rows from `first` on. */
  #boundAdded(first: number, cutParts: Float64Array): void {
    const { ids, count, lazyCount } = this.#added;
    const { coreRows, firstPatched, costScale } = this.template;
    const offset = coreRows - firstPatched;
    for (let at = first; at < count; at++) {
      const id = ids[at]!;
      const isCut = id >= lazyCount;
      this.#lower[offset + at] = isCut
        ? cutParts[id - lazyCount]! / costScale
        : this.#lazy.lower[id]!;
      this.#upper[offset + at] = isCut ? Infinity : this.#lazy.upper[id]!;
    }
  }

  /** Appends the added rows from `first` on to the model; bounds follow later unless given. */
  #addRows(first: number, cutParts?: Float64Array): void {
    const { ids, count: total } = this.#added;
    const count = total - first;
    if (count === 0) return;
    this.#makeRoom();
    const { template } = this;
    const offset = template.coreRows - template.firstPatched + first;
    if (cutParts === undefined) {
      this.#lower.fill(-Infinity, offset, offset + count);
      this.#upper.fill(Infinity, offset, offset + count);
    } else this.#boundAdded(first, cutParts);
    const { starts, indices, values } = rowEntries(
      { template, lazy: this.#lazy, cuts: this.cuts, ranges: this.#decidedRanges },
      ids.subarray(first, total),
    );
    this.model.addRows(
      count,
      this.#lower.subarray(offset, offset + count),
      this.#upper.subarray(offset, offset + count),
      starts,
      indices,
      values,
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

  /** Puts the duals of the model where they belong: rows of the stage, prices of outgoing slots. */
  #spreadDuals(): void {
    const { outgoingPrices, cuts, solution } = this;
    const { ids, count, lazyCount } = this.#added;
    const { coreRows } = this.template;
    const { slots, coefficients } = cuts;
    solution.duals.fill(0);
    for (let row = 0; row < coreRows; row++) solution.duals[row] = this.#duals[row]!;
    outgoingPrices.fill(0);
    for (let at = 0; at < count; at++) {
      const dual = this.#duals[coreRows + at]!;
      if (dual === 0) continue;
      const id = ids[at]!;
      if (id < lazyCount) {
        solution.duals[coreRows + id] = dual;
        continue;
      }
      const row = (id - lazyCount) * slots;
      for (let slot = 0; slot < slots; slot++) {
        outgoingPrices[slot]! += dual * coefficients[row + slot]!;
      }
    }
  }

  /** Grows the arrays that go along with the rows of the model. */
  #makeRoom(): void {
    const { coreRows, firstPatched } = this.template;
    const room = this.#added.ids.length;
    if (this.#duals.length >= coreRows + room) return;
    const lower = new Float64Array(coreRows - firstPatched + room);
    const upper = new Float64Array(lower.length);
    lower.set(this.#lower);
    upper.set(this.#upper);
    this.#lower = lower;
    this.#upper = upper;
    this.#duals = new Float64Array(coreRows + room);
    this.#rowStatus = new Uint8Array(coreRows + room);
  }
}
