/** What each thread of a study has: a solver, a site for each stage, samplers, room for numbers. */
import { ROW_OPTIONS, type RowOptions, type StageStart } from "../lp/mod.ts";
import { type LpSolver, type RetryCounters, retryCounters, WARM_OPTIONS } from "../solver/mod.ts";
import {
  makeSamplers,
  openingOffset,
  type Sampler,
  type SamplerInputs,
} from "../stochastic/mod.ts";
import { chainableStages } from "./chained_start.ts";
import { cutCount, type CutPool } from "./cut_pool.ts";
import { noCuts } from "./no_cuts.ts";
import { fillNoiseParts, openingShifts } from "./opening_shifts.ts";
import { countersAt, type SolvePhase } from "./solve_statistics.ts";
import { hasStart } from "./start_store.ts";
import type { SolveContext } from "./solve_failure.ts";
import { StageSite } from "./stage_site.ts";
import type { Study } from "./study.ts";
import type { TrainingMemory } from "./training_memory.ts";

/** Cut rows that a task starts with besides those of its basis: the newest ones bind most often. */
const NEWEST_CUTS = 8;

/** Newest cuts of a study, and how its solves look at cuts. */
function rowsOnDemand(
  { training: { cutSelection }, passes }: Study,
): { newest: number; rowOptions: RowOptions } {
  if (cutSelection.method !== "dynamic") return { newest: NEWEST_CUTS, rowOptions: ROW_OPTIONS };
  return {
    newest: cutSelection.seedWindow * passes,
    rowOptions: {
      ...ROW_OPTIONS,
      cutTolerance: cutSelection.violationTolerance,
      maxCutsPerRound: cutSelection.maxAddedPerRound,
    },
  };
}

/** See the head of this file. */
export class StudyThread implements Disposable {
  readonly study: Study;
  readonly lp: LpSolver;
  readonly sites: readonly StageSite[];
  readonly pools: readonly (CutPool | null)[];
  readonly counters: RetryCounters;
  /** Whether each stage may begin with the basis of the one before it. */
  readonly chainable: readonly boolean[];
  /** The phase that solves are counted for. */
  phase: SolvePhase = "forward";
  readonly #counts: Float64Array;
  /** Where the running task is; a failed solve reports it. */
  readonly context: SolveContext = { iteration: -1, scenario: -1, opening: -1 };
  readonly noise: Float64Array;
  readonly #newest: Int32Array;
  /** By stage, see `openingShifts`. */
  readonly #shifts: (Float64Array | undefined)[] = [];
  /** Phase whose solver options each site has. */
  readonly #optionsOf = new Map<StageSite, SolvePhase>();

  /** `counts` are the counters of this thread. */
  constructor(
    study: Study,
    pools: readonly (CutPool | null)[],
    lp: LpSolver,
    counts: Float64Array,
  ) {
    this.#counts = counts;
    this.study = study;
    this.lp = lp;
    this.pools = pools;
    this.counters = retryCounters();
    this.chainable = chainableStages(study);
    this.noise = new Float64Array(study.tree.dim);
    const { newest, rowOptions } = rowsOnDemand(study);
    this.#newest = new Int32Array(newest);

    this.sites = study.stages.map(({ template }, position) =>
      new StageSite(lp, study, position, {
        template,
        cuts: pools[position]?.rows ?? noCuts(template),
        counters: this.counters,
        rowOptions,
      })
    );
  }

  /** Samplers of a phase. */
  samplers(inputs: SamplerInputs): readonly Sampler[] {
    return makeSamplers(inputs);
  }

  /**
   * Begins a task at a stage: what it does from here on depends on the arguments and the cuts alone.
   * A basis that was never stored, or whose cuts were dropped meanwhile, is of no use.
   */
  beginTask(site: StageSite, state: Float64Array, start: StageStart): void {
    this.#setOptions(site);
    const pool = this.pools[site.position] ?? null;
    const { active } = site.solver.cuts;
    const count = pool === null ? 0 : cutCount(pool);
    let usable = hasStart(start);
    for (let at = 0; usable && at < start.counts[1]!; at++) {
      usable = active[start.cuts[at]!] === 1;
    }
    let newest = 0;
    for (let cut = count - 1; cut >= 0 && newest < this.#newest.length; cut--) {
      if (active[cut] === 1) this.#newest[newest++] = cut;
    }
    site.beginTask(state, count, usable ? start : null, this.#newest, newest);
  }

  /** Solves a site whose noise is set. */
  solve(site: StageSite): number {
    const { counters } = this;
    const { solves, iterations, retried, failed } = counters;
    const begin = performance.now();
    const cost = site.solve(this.context);
    const counts = this.#counts;
    // In the order of SOLVE_COUNTS.
    let at = countersAt(this.study.stages.length, this.phase, site.position);
    counts[at++]! += 1;
    counts[at++]! += counters.solves - solves;
    counts[at++]! += counters.iterations - iterations;
    counts[at++]! += counters.retried - retried;
    counts[at++]! += counters.retried - retried - (counters.failed - failed);
    counts[at++]! += site.solver.addedRows;
    counts[at]! += 1000 * (performance.now() - begin);
    return cost;
  }

  /** Works out what openings add to a cut, at each stage whose future it bounds. */
  prepareCut({ noiseParts }: Pick<TrainingMemory, "noiseParts">, pool: CutPool, cut: number): void {
    this.pools.forEach((other, position) => {
      if (other !== pool) return;
      const site = this.sites[position]!;
      const shifts = this.#shifts[position] ??= openingShifts(this.study, site);
      fillNoiseParts(noiseParts[position]!, site, shifts, cut);
    });
  }

  /** The noise vector of an opening of the tree. */
  opening(position: number, opening: number): Float64Array {
    const { tree } = this.study;
    const offset = openingOffset(tree, position, opening);
    return tree.values.subarray(offset, offset + tree.dim);
  }

  /** The lower bound is solved like the backward pass. */
  #setOptions(site: StageSite): void {
    if (this.#optionsOf.get(site) === this.phase) return;
    this.#optionsOf.set(site, this.phase);
    const { lpOptions } = this.study;
    const phase = this.phase === "lower_bound" ? "backward" : this.phase;
    const wanted = { ...WARM_OPTIONS, ...lpOptions[phase] };
    const { model } = site.solver;
    const { options } = model;
    const differ = (Object.keys(wanted) as (keyof typeof wanted)[])
      .some((option) => wanted[option] !== options[option]);
    if (differ) model.setOptions(wanted);
  }

  [Symbol.dispose](): void {
    for (const site of this.sites) site[Symbol.dispose]();
    this.lp.close();
  }
}
