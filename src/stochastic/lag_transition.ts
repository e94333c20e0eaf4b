/**
 * How lags go from stage to stage, as a linear map. Besides the lags, the state holds accumulators:
 * what a period has gathered so far, Σ w·z over stages with the share w of the period. When the next
 * stage belongs to a later period, the period closes and its mean becomes lag 1:
 *
 *   lag₁ = (accumulator + w·z) / W,   W = all shares of the period
 *
 * W follows from dates alone, so that accumulators can be priced like any other part of the state.
 * Before stages of coarser periods, as quarters after months, the stages in between also gather the
 * periods that those will look back on.
 */
import type { Horizon, InitialConditions } from "../model/mod.ts";
import type { InflowSlot } from "../lp/mod.ts";
import { CobreError } from "../protocol/mod.ts";
import { type LagPeriods, lagPeriods, type StagePeriods } from "./lag_periods.ts";
import type { CalendarRules, DayRange } from "./season_calendar.ts";

/** The value of a slot after a stage: Σ weight · (incoming slot) + inflow · z of its hydro. */
export interface SlotUpdate {
  /** Positions among the slots before the stage, with weights. */
  readonly from: readonly (readonly [slot: number, weight: number])[];
  readonly inflow: number;
}

/** The way of the lags through a study. */
export interface LagTransitions {
  /** Slots before each stage and after the last, hydro by hydro. */
  readonly slots: readonly (readonly InflowSlot[])[];
  /** Values of the first slots at the start of the study. */
  readonly initial: Float64Array;
  /** By stage, for the slots after it. */
  readonly updates: readonly (readonly SlotUpdate[])[];
}

/** What a study knows before it begins. */
export type KnownInflows = Pick<InitialConditions, "pastInflows" | "recentObservations">;

/** Subs of accumulators for periods of cycle c that later stages look back on begin at 100·(c + 1). */
const LATER_CYCLE_SUB = 100;

/**
 * The transitions of hydros whose models look back on `depths[h]` periods; a hydro without lags has
 * no slots. Lags that nobody observed are 0.
 */
export function lagTransitions(
  horizon: Horizon,
  hydros: readonly { readonly id: number }[],
  depths: Int32Array,
  known: KnownInflows,
  rules: CalendarRules,
): LagTransitions {
  const periods = lagPeriods(horizon, rules);
  const stages = horizon.stages.length;
  const slots: InflowSlot[][] = Array.from({ length: stages + 1 }, () => []);
  const updates: SlotUpdate[][] = horizon.stages.map(() => []);
  const initial: number[] = [];
  const target = cyclicTarget(horizon, periods);
  const gatherable = new Map<number, readonly Period[]>();
  hydros.forEach(({ id }, entity) => {
    const depth = depths[entity]!;
    if (depth === 0) return;
    const offsets = slots.map((list) => list.length);
    const wanted = gatherable.get(depth) ?? neededAtStart(periods, depth);
    gatherable.set(depth, wanted);
    const path = followHydro(periods, depth, startOf(periods, depth, id, known, wanted), target);
    path.slots.forEach((list, t) => {
      for (const { kind, sub } of list) slots[t]!.push({ kind, sub, entity, entityId: id });
    });
    path.updates.forEach((list, t) => {
      for (const { from, inflow } of list) {
        updates[t]!.push({
          from: from.map(([slot, weight]) => [slot + offsets[t]!, weight] as const),
          inflow,
        });
      }
    });
    initial.push(...path.initial);
  });
  return { slots, initial: Float64Array.from(initial), updates };
}

/** A period of one of the cycles of seasons. */
type Period = Pick<StagePeriods, "cycle" | "period">;

/** What a period has gathered: shares so far, and the value of the accumulator at the start. */
interface Gathered extends Period {
  readonly weight: number;
  readonly value: number;
}

type OpenPeriod = Pick<Gathered, "cycle" | "period" | "weight">;

interface HydroStart {
  readonly lags: readonly number[];
  readonly gathered: readonly Gathered[];
}

interface HydroPath {
  readonly slots: readonly (readonly Pick<InflowSlot, "kind" | "sub">[])[];
  readonly updates: readonly (readonly SlotUpdate[])[];
  readonly initial: readonly number[];
}

/** An accumulator between two stages. */
interface Register extends Period {
  /** All shares so far. */
  readonly weight: number;
  /** Position among the slots of the hydro before the stage; −1 for one that begins in the stage. */
  readonly slot: number;
  /** Share of the stage. */
  readonly share: number;
}

function followHydro(
  periods: LagPeriods,
  depth: number,
  start: HydroStart,
  target: number | null,
): HydroPath {
  const { stages } = periods;
  const lagSlots = Array.from({ length: depth }, (_, at) => ({ kind: LAG, sub: at + 1 }));
  const subs = (list: readonly Period[], t: number) =>
    list.map(({ cycle, period }) => ({
      kind: ACCUMULATOR,
      sub: subOf(stages, t, depth, cycle, period),
    }));
  let open: readonly OpenPeriod[] = start.gathered;
  const before = [open];
  const slots = [[...lagSlots, ...subs(open, 0)]];
  const updates: SlotUpdate[][] = [];
  for (let t = 0; t < stages.length; t++) {
    const registers = gather(stages, t, depth, open);
    if (t + 1 < stages.length) {
      const next = stages[t + 1]!;
      const kept = registers.filter(({ cycle, period }) =>
        isNeeded(stages, t + 1, depth, cycle, period)
      );
      updates.push([
        ...lagUpdates(stages[t]!, next, depth, registers),
        ...kept.map((register) => accumulated(register, 1)),
      ]);
      open = kept.map(({ cycle, period, weight }) => ({ cycle, period, weight }));
      before.push(open);
      slots.push([...lagSlots, ...subs(open, t + 1)]);
    } else {
      const { cycle, period } = stages[t]!;
      const next = { cycle, period: period + 1 };
      const again = target === null ? [] : before[target]!;
      const shift = target === null ? 0 : period + 1 - stages[target]!.period;
      updates.push([
        ...lagUpdates(stages[t]!, next, depth, registers),
        ...again.map((wanted) => {
          const found = registers.find((register) =>
            register.cycle === wanted.cycle && register.period === wanted.period + shift
          );
          return found === undefined
            ? { from: [], inflow: wanted.weight }
            : accumulated(found, wanted.weight / found.weight);
        }),
      ]);
      slots.push(target === null ? lagSlots : slots[target]!);
    }
  }
  return {
    slots,
    updates,
    initial: [...start.lags, ...start.gathered.map(({ value }) => value)],
  };
}

const LAG = "inflow_lag" as const;
const ACCUMULATOR = "lag_accumulator" as const;

/** The accumulators with the shares of a stage. */
function gather(
  stages: readonly StagePeriods[],
  t: number,
  depth: number,
  open: readonly OpenPeriod[],
): Register[] {
  const registers: Register[] = open.map((register, at) => ({
    ...register,
    slot: depth + at,
    share: 0,
  }));
  for (const { cycle, period, weight } of stages[t]!.shares) {
    if (!isNeeded(stages, t, depth, cycle, period)) continue;
    const at = registers.findIndex((other) => other.cycle === cycle && other.period === period);
    const old = registers[at];
    if (old === undefined) registers.push({ cycle, period, weight, slot: -1, share: weight });
    else registers[at] = { ...old, weight: old.weight + weight, share: weight };
  }
  return registers;
}

/** The lags of the stage at `next`, given those of the stage before it. */
function lagUpdates(
  stage: Period,
  next: Period,
  depth: number,
  registers: readonly Register[],
): SlotUpdate[] {
  return Array.from({ length: depth }, (_, at) => {
    const period = next.period - at - 1;
    const sameCycle = next.cycle === stage.cycle;
    if (sameCycle && period < stage.period) {
      return { from: [[stage.period - period - 1, 1] as const], inflow: 0 };
    }
    const closing = registers.find((register) =>
      register.cycle === next.cycle && register.period === period
    );
    if (closing !== undefined) return accumulated(closing, 1 / closing.weight);
    // A period that no stage has a day in goes on as it was last; one before all records is 0.
    return { from: [], inflow: sameCycle ? 1 : 0 };
  });
}

/** What a register holds after the stage, times a factor. */
function accumulated({ slot, share }: Register, factor: number): SlotUpdate {
  return { from: slot < 0 ? [] : [[slot, factor]], inflow: share * factor };
}

/** Whether what a period has gathered matters at or after the stage at position t. */
function isNeeded(
  stages: readonly StagePeriods[],
  t: number,
  depth: number,
  cycle: number,
  period: number,
): boolean {
  const own = stages[t]!;
  if (own.cycle === cycle && period >= own.period) return true;
  const later = nextRun(stages, t, cycle);
  return later !== null && period >= later.period - depth;
}

/** The first stage of the next run of a cycle that begins after position t. */
function nextRun(stages: readonly StagePeriods[], t: number, cycle: number): StagePeriods | null {
  for (let at = t + 1; at < stages.length; at++) {
    if (stages[at]!.cycle === cycle && stages[at - 1]!.cycle !== cycle) return stages[at]!;
  }
  return null;
}

function subOf(
  stages: readonly StagePeriods[],
  t: number,
  depth: number,
  cycle: number,
  period: number,
): number {
  const own = stages[t]!;
  if (own.cycle === cycle && period >= own.period) return period - own.period;
  return LATER_CYCLE_SUB * (cycle + 1) + period - (nextRun(stages, t, cycle)!.period - depth);
}

/** Lags and accumulators of a hydro before the first stage. */
function startOf(
  periods: LagPeriods,
  depth: number,
  hydroId: number,
  { pastInflows, recentObservations }: KnownInflows,
  wanted: readonly Period[],
): HydroStart {
  const past = pastInflows.find((entry) => entry.hydroId === hydroId)?.valuesM3s ?? [];
  const lags = Array.from({ length: depth }, (_, at) => past[at] ?? 0);
  const [first] = periods.stages;
  if (first === undefined) return { lags, gathered: [] };
  const records: (DayRange & { readonly value: number })[] = recentObservations
    .filter(({ entityId }) => entityId === hydroId);
  past.forEach((value, at) => {
    const window = periods.window(first.cycle, first.period - at - 1);
    if (window !== null) records.push({ ...window, value });
  });
  const gathered: Gathered[] = [];
  for (const { cycle, period } of wanted) {
    const own = cycle === first.cycle && period >= first.period;
    const window = periods.window(cycle, period);
    let weight = 0;
    let value = 0;
    for (const record of records) {
      // Counted periods have no days of their own: what was observed belongs to the first.
      const days = window === null
        ? own && period === first.period ? record.endDay - record.startDay : 0
        : Math.min(record.endDay, window.endDay) - Math.max(record.startDay, window.startDay);
      if (days <= 0) continue;
      const share = periods.weight(cycle, period, days);
      weight += share;
      value += share * record.value;
    }
    if (weight > 0) gathered.push({ cycle, period, weight, value });
  }
  return { lags, gathered };
}

/** Periods that may have gathered something before the study. */
function neededAtStart({ stages }: LagPeriods, depth: number): Period[] {
  const [first] = stages;
  if (first === undefined) return [];
  const wanted = new Map<string, Period>();
  for (const { shares } of [{ shares: [first] }, ...stages]) {
    for (const { cycle, period: latest } of shares) {
      for (let period = latest - depth; period <= latest; period++) {
        const key = `${cycle},${period}`;
        if (!wanted.has(key) && isNeeded(stages, 0, depth, cycle, period)) {
          wanted.set(key, { cycle, period });
        }
      }
    }
  }
  return [...wanted.values()];
}

/** Position of the stage after the last one in a cyclic study; null in a finite one. */
function cyclicTarget(horizon: Horizon, { stages: periods }: LagPeriods): number | null {
  const { type, stages, transitions } = horizon;
  const last = stages.at(-1);
  if (type !== "cyclic" || last === undefined) return null;
  const step = transitions.find(({ sourceId }) => sourceId === last.id);
  const target = stages.findIndex(({ id }) => id === (step?.targetId ?? stages[0]!.id));
  if (periods.every(({ cycle }) => cycle === periods[0]!.cycle)) return target;
  throw CobreError.of(
    "IncompatibleSettings",
    "A cyclic study cannot change the resolution of its seasons: its last stage hands on lags of " +
      "other periods than its first one reads",
    {
      file: "stages.json",
      settings: ["policy_graph.type", "season_definitions"],
      detail: "seasons of several resolutions in a cyclic study",
    },
    "Use seasons of one resolution, or a finite horizon",
  );
}
