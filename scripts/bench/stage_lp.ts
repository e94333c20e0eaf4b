/**
 * Microseconds of one warm solve of a stage: inside the solver's own run, in its other calls (bounds,
 * rows, reading) and in the program. Cuts are tangents of the next stage's cost at random states.
 */
// deno-lint-ignore-file no-console -- a benchmark prints its figures
import { readCase } from "../../src/case/mod.ts";
import {
  buildStudyModels,
  type CutRows,
  gradientWorkspace,
  type InflowMap,
  type InflowSlot,
  inflowsOf,
  knownCutParts,
  knownLayout,
  knownOutgoing,
  LAZY_ROWS,
  noiseCutPart,
  noiseShift,
  type RowKind,
  setStateQuantities,
  sharedCutRows,
  slotRange,
  sparseRows,
  StageSolver,
  stageStart,
  stageTemplate,
  stateGradient,
  type StateManifest,
  stateManifests,
  type StudyModels,
  studyPlants,
} from "../../src/lp/mod.ts";
import type { System } from "../../src/model/mod.ts";
import { findSolver, openSolver, retryCounters } from "../../src/solver/mod.ts";
import { caseContent } from "../make_case/layout.ts";
import { Random } from "../make_case/random.ts";
import { SIZES } from "../make_case/size.ts";
import { makeStudy } from "../make_case/study.ts";
import { writeCaseContent } from "../make_case/write_case.ts";
import { formatTable } from "./table.ts";

export const name = "stage_lp";
export const description =
  "µs per warm solve of a stage, in HiGHS and outside; arguments: numbers of plants, and " +
  "`all` to keep every row in the solver";

const PLANTS = [10, 40, 160];
/** One plant in so many has a production function of planes. */
const PLANES_EVERY = 3;
const CUTS = [0, 100, 1000];
const OPENINGS = 20;
const TASKS = 40;
const WARM_UP_TASKS = 15;
const STAGE = 5;
const COST_SCALE = 1000;
const LAG_WEIGHTS = [0.5, 0.2, 0.1];

/** Prints a table per number of plants. */
export async function run(args: readonly string[]): Promise<void> {
  const rows: string[][] = [];
  const lazy = args.includes("all") ? new Set<RowKind>() : LAZY_ROWS;
  const sizes = args.filter((arg) => arg !== "all").map(Number);
  for (const plants of sizes.length > 0 ? sizes : PLANTS) {
    const system = await madeSystem(plants);
    rows.push(...await measure(system, plants, lazy));
  }
  const header = [
    "plants",
    "rows",
    "columns",
    "cuts",
    "added rows",
    "pivots",
    "runs",
    "µs run",
    "µs other calls",
    "µs program",
    "program %",
  ];
  console.log(formatTable(header, rows));
}

async function madeSystem(plants: number): Promise<System> {
  const folder = await Deno.makeTempDir({ prefix: "cobre_bench_" });
  try {
    const size = {
      ...SIZES.M,
      plants,
      thermals: plants,
      planesEvery: PLANES_EVERY,
      stages: STAGE + 2,
    };
    await writeCaseContent(folder, caseContent(makeStudy(size, 1), "v05", 0));
    const { case: read, problems } = await readCase(folder);
    if (read === null) throw new Error(JSON.stringify(problems[0]));
    return read.system;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Autoregressive inflows around the means of the case. */
function inflowModel(system: System, manifests: readonly StateManifest[]): InflowMap[] {
  const hydros = system.hydros.length;
  const stats = system.scenarios.inflowStats!;
  const lags = LAG_WEIGHTS.length;
  return system.horizon.stages.map((stage, position) => {
    const mean = new Float64Array(hydros);
    const std = new Float64Array(hydros);
    for (let row = 0; row < stats.rows; row++) {
      if (stats.stage_id[row] !== stage.id) continue;
      const h = system.hydros.findIndex(({ id }) => id === stats.hydro_id[row]);
      mean[h] = stats.mean_m3s[row]!;
      std[h] = stats.std_m3s[row]!;
    }
    const [first] = slotRange(manifests[position]!, "inflow_lag");
    const rest = 1 - LAG_WEIGHTS.reduce((sum, weight) => sum + weight, 0);
    return {
      base: mean.map((value) => rest * value),
      scale: std.map((value) => 0.8 * value),
      lags: sparseRows(
        Array.from(
          mean,
          (_, h) => LAG_WEIGHTS.map((weight, lag) => [first + lag * hydros + h, weight]),
        ),
      ),
      shiftConstant: new Float64Array(lags * hydros),
      shift: sparseRows(
        Array.from(
          { length: lags * hydros },
          (_, at) => at < hydros ? [] : [[first + at - hydros, 1]],
        ),
      ),
      shiftInflow: sparseRows(
        Array.from({ length: lags * hydros }, (_, at) => at < hydros ? [[at, 1]] : []),
      ),
    };
  });
}

function build(system: System): StudyModels {
  const slots = LAG_WEIGHTS.flatMap((_, lag) =>
    system.hydros.map(({ id }, entity): InflowSlot => ({
      kind: "inflow_lag",
      entityId: id,
      entity,
      sub: lag + 1,
    }))
  );
  const inflowSlots = Array.from({ length: system.horizon.stages.length + 1 }, () => slots);
  const { stages: plants, computedParameter } = studyPlants(system);
  return buildStudyModels(system, {
    plants,
    inflowSlots,
    inflow: inflowModel(system, stateManifests(system, inflowSlots)),
    future: (_, lower) => ({ kind: "single", discount: 1, lower }),
    inflowPenalty: true,
    computedParameter,
  });
}

function randomState(study: StudyModels, position: number, random: Random): Float64Array {
  const { manifests, stages, frame } = study;
  const { base } = stages[position]!.map.inflow;
  return Float64Array.from(manifests[position]!.slots, ({ kind, entity }) => {
    const hydro = frame.system.hydros[entity]!;
    const share = random.between(0, 1);
    if (kind === "storage") {
      return hydro.minStorageHm3 + share * (hydro.maxStorageHm3 - hydro.minStorageHm3);
    }
    return 5 * base[entity]! * (0.5 + share);
  });
}

async function measure(
  system: System,
  plants: number,
  lazy: ReadonlySet<RowKind>,
): Promise<string[][]> {
  const study = build(system);
  using solver = await openSolver(findSolver());
  const random = new Random(3);
  // The stage after: its own future is a few planes, so that storage has a value at its end.
  const later = openStage(STAGE + 1, 20);
  const { slots } = later.cuts;
  for (let cut = 0; cut < 20; cut++) {
    let intercept = 0;
    study.manifests[STAGE + 2]!.slots.forEach(({ kind, entity }, slot) => {
      if (kind !== "storage") return;
      const slope = -random.between(1000, 60_000);
      later.cuts.coefficients[cut * slots + slot] = slope;
      intercept -= 0.5 * slope * system.hydros[entity]!.maxStorageHm3;
    });
    later.cuts.intercept[cut] = intercept;
    later.cuts.active[cut] = 1;
  }
  const here = openStage(STAGE, Math.max(...CUTS));
  for (let cut = 0; cut < Math.max(...CUTS); cut++) addTangent(cut);
  return CUTS.map((count) => row(count));

  function openStage(position: number, capacity: number) {
    const { model, map } = study.stages[position]!;
    const template = stageTemplate(model, map, COST_SCALE, lazy);
    const cuts: CutRows = sharedCutRows(template.outgoingColumn.length, capacity);
    const counters = retryCounters();
    const stage = new StageSolver(solver, { template, cuts, counters });
    return { template, cuts, stage, counters, clock: timed(stage), layout: knownLayout(model) };
  }

  /** What a solve is given at a state, with the load in proportion to the size of the system. */
  function prepare(
    { template, cuts, stage, layout }: ReturnType<typeof openStage>,
    state: Float64Array,
    noise: Float64Array,
    known: Float64Array,
    outgoing: Float64Array,
    parts: Float64Array,
    z: Float64Array,
    count: number,
  ): void {
    inflowsOf(template.map, state, noise, z);
    setStateQuantities(template.map, state, known);
    known.set(z, layout.inflow);
    knownOutgoing(template, state, known, z, outgoing);
    knownCutParts(cuts, count, stage.knownRanges, outgoing, parts);
  }

  function room({ template, cuts, layout }: ReturnType<typeof openStage>) {
    const known = new Float64Array(layout.count);
    const { loadStats } = system.scenarios;
    for (let bus = 0; bus < system.buses.length; bus++) {
      const id = system.buses[bus]!.id;
      const at = Array.from({ length: loadStats?.rows ?? 0 }, (_, r) => r)
        .find((r) => loadStats!.bus_id[r] === id);
      const { blocks } = study.stages[STAGE]!.data;
      const load = at === undefined ? 0 : loadStats!.mean_mw[at]!;
      known.fill(load, layout.load + bus * blocks, layout.load + (bus + 1) * blocks);
    }
    return {
      known,
      outgoing: new Float64Array(template.outgoingColumn.length),
      parts: new Float64Array(cuts.active.length),
      z: new Float64Array(system.hydros.length),
    };
  }

  function addTangent(cut: number): void {
    const state = randomState(study, STAGE + 1, random);
    const { known, outgoing, parts, z } = room(later);
    const noise = Float64Array.from(z, () => random.normal());
    prepare(later, state, noise, known, outgoing, parts, z, 20);
    if (cut === 0) later.stage.startTask(20, null);
    const status = later.stage.solve(known, parts);
    if (status !== "optimal") throw new Error(`The stage after is ${status}`);
    const gradient = new Float64Array(state.length);
    stateGradient(later.stage, known, gradientWorkspace(later.stage), gradient);
    here.cuts.coefficients.set(gradient, cut * here.cuts.slots);
    here.cuts.intercept[cut] = later.stage.cost(known) -
      gradient.reduce((sum, slope, slot) => sum + slope * state[slot]!, 0);
    here.cuts.active[cut] = 1;
  }

  function row(count: number): string[] {
    const { template, stage, counters, clock } = here;
    const { known, outgoing, parts, z } = room(here);
    const gradient = new Float64Array(template.map.incoming.slots.length);
    const workspace = gradientWorkspace(stage);
    const start = stageStart(template);
    const tasks = { run: [], other: [], program: [] } as Record<string, number[]>;
    const still = new Float64Array(z.length);
    const draws = new Random(8);
    const shift = noiseShift(template);
    // What each opening adds to the inflows, and so to each cut: computed when the cut is made.
    const openings = Array.from({ length: OPENINGS }, () => {
      const { scale } = template.map.inflow;
      const added = scale.map((value) => value * draws.normal());
      const change = new Float64Array(known.length);
      change.set(added, here.layout.inflow);
      const onCuts = new Float64Array(count);
      for (let cut = 0; cut < count; cut++) {
        onCuts[cut] = noiseCutPart(here.cuts, cut, shift, change);
      }
      return { added, onCuts };
    });
    const own = new Float64Array(count);
    for (let task = 0; task < WARM_UP_TASKS + TASKS; task++) {
      const state = randomState(study, STAGE, draws);
      Object.assign(clock, { run: 0, other: 0 });
      if (task === WARM_UP_TASKS) {
        stage.runs = 0;
        counters.iterations = 0;
      }
      const began = performance.now();
      stage.startTask(count, task === 0 ? null : start);
      prepare(here, state, still, known, outgoing, parts, z, count);
      for (const { added, onCuts } of openings) {
        for (let h = 0; h < z.length; h++) known[here.layout.inflow + h] = z[h]! + added[h]!;
        for (let cut = 0; cut < count; cut++) own[cut] = parts[cut]! + onCuts[cut]!;
        const status = stage.solve(known, own);
        if (status !== "optimal") throw new Error(`The stage is ${status}`);
        stateGradient(stage, known, workspace, gradient);
      }
      stage.storeStart(start);
      if (task < WARM_UP_TASKS) continue;
      tasks["run"]!.push(clock.run);
      tasks["other"]!.push(clock.other);
      tasks["program"]!.push(performance.now() - began - clock.run - clock.other);
    }
    const solves = TASKS * OPENINGS;
    // The median task, because a shared machine disturbs single ones.
    const [run, other, program] = ["run", "other", "program"].map((part) =>
      1000 * tasks[part]!.sort((a, b) => a - b)[TASKS >> 1]! / OPENINGS
    );
    return [
      String(plants),
      String(template.rows.length),
      String(template.columns.length),
      String(count),
      String(stage.addedRows),
      (counters.iterations / solves).toFixed(1),
      (stage.runs / solves).toFixed(2),
      run!.toFixed(0),
      other!.toFixed(0),
      program!.toFixed(0),
      (100 * program! / (run! + other! + program!)).toFixed(1),
    ];
  }
}

/** Time in the calls of a model; `solve` apart from the others. */
function timed({ model }: StageSolver): { run: number; other: number } {
  const clock = { run: 0, other: 0 };
  const calls = model as unknown as Record<string, (...args: unknown[]) => unknown>;
  for (
    const call of [
      "solve",
      "setRowBounds",
      "setColumnBoundsAt",
      "addRows",
      "deleteRows",
      "reset",
      "getBasis",
      "readSolution",
      "objective",
    ]
  ) {
    const original = calls[call]!.bind(model);
    calls[call] = (...args) => {
      const began = performance.now();
      const result = original(...args);
      const spent = performance.now() - began;
      if (call === "solve") clock.run += spent;
      else clock.other += spent;
      return result;
    };
  }
  return clock;
}
