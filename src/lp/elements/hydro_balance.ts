/** Reservoirs: storage, outlets, the water balance and the way of the water to the plant below. */
import type { ModelBuilder } from "../model_builder.ts";
import { plantPhase, type StageInput } from "../stage_input.ts";
import { arrivals, HM3_PER_M3S_HOUR } from "../water_clock.ts";
import { addBlockFlow, addStageFlow, balanceRow } from "./water.ts";

/**
 * Water balance (hm³), with τ the volume of 1 m³/s in a block and ζ that in the stage:
 *
 *     v − v_in + Σ τ·(q + s + u) − Σ τ·(q + s) of plants above − Σ τ·u diverted here
 *       − ζ·(inflow + inflow slack) = −ζ·withdrawal + water arriving
 *
 * once per stage in parallel blocks, once per block with storages in between in chronological ones.
 */
export function addHydroBalance(builder: ModelBuilder, input: StageInput): void {
  const count = input.frame.system.hydros.length;
  for (let hydro = 0; hydro < count; hydro++) addReservoir(builder, input, hydro);
  for (let hydro = 0; hydro < count; hydro++) addOutlets(builder, input, hydro);
  addTransit(builder, input);
}

function addReservoir(builder: ModelBuilder, input: StageInput, entity: number): void {
  const { data } = input;
  const { hydros } = data;
  const phase = plantPhase(input, entity);
  // The least storage is a soft bound, for a dry year may break it; see storage_limits.ts.
  // That of an absent plant equals what it begins with, whatever that is.
  const range = phase === "absent"
    ? { lower: -Infinity, upper: Infinity }
    : { upper: hydros.maxStorageHm3[entity]! };
  const blocks = data.stage.blockMode === "chronological" ? data.blocks : 1;
  let before = builder.columnOf("storage_in", entity);
  for (let block = 0; block < blocks; block++) {
    const last = block === blocks - 1;
    const after = builder.column("storage", last ? { entity } : { entity, block }, range);
    const at = blocks === 1 && data.stage.blockMode === "parallel" ? -1 : block;
    const row = builder.row("water_balance", { entity, block: at }, 0, 0);
    builder.entry(row, after, 1);
    builder.entry(row, before, -1);
    if (phase === "absent") {
      const hold = builder.row("storage_hold", { entity, block: at }, 0, 0);
      builder.entry(hold, after, 1);
      builder.entry(hold, before, -1);
    }
    before = after;
  }
  addStageFlow(builder, input, entity, builder.columnOf("inflow", entity), -1);
  if (input.inflowPenalty) {
    const cost = hydros.costs.inflowNonNegativity[entity]! * data.hours;
    const slack = builder.column("inflow_slack", { entity }, { cost });
    addStageFlow(builder, input, entity, slack, -1);
  }
}

function addOutlets(builder: ModelBuilder, input: StageInput, entity: number): void {
  const { frame, data } = input;
  const { hydros, blockHours } = data;
  const phase = plantPhase(input, entity);
  const below = frame.downstream[entity]!;
  const travels = frame.system.hydros[entity]!.travelTimeHours > 0;
  const divertedTo = frame.diverted[entity]!;
  for (let block = 0; block < data.blocks; block++) {
    const at = entity * data.blocks + block;
    const hours = blockHours[block]!;
    const outlets: number[] = [];
    if (phase === "operating") {
      const upper = hydros.maxTurbinedM3s[at]!;
      const cost = hydros.costs.turbined[entity]! * hours;
      outlets.push(builder.column("turbined", { entity, block }, { upper, cost }));
    }
    // What flows past an absent plant may be negative, as an increment of inflow may be.
    const spillage = phase === "absent" ? { lower: -Infinity } : {
      lower: hydros.minSpillageM3s[at]!,
      upper: hydros.maxSpillageM3s[at]!,
      cost: hydros.costs.spillage[entity]! * hours,
    };
    outlets.push(builder.column("spillage", { entity, block }, spillage));
    for (const column of outlets) {
      addBlockFlow(builder, input, entity, block, column, 1);
      if (below >= 0 && !travels) addBlockFlow(builder, input, below, block, column, -1);
    }
    const most = hydros.maxDiversionM3s[at]!;
    if (phase !== "operating" || divertedTo < 0 || most <= 0) continue;
    const diversion = builder.column("diversion", { entity, block }, {
      lower: hydros.minDiversionM3s[at]!,
      upper: most,
      cost: hydros.costs.diversion[entity]! * hours,
    });
    addBlockFlow(builder, input, entity, block, diversion, 1);
    addBlockFlow(builder, input, divertedTo, block, diversion, -1);
  }
}

/**
 * Water with a travel time. What is released evenly in a period arrives evenly as much later; its
 * shares go to the balances of this stage or to columns of water that arrives in later ones.
 */
function addTransit(builder: ModelBuilder, input: StageInput): void {
  const { frame, data, incoming, outgoing } = input;
  const { clock } = frame;
  const { position } = data;
  const first = clock.first[position]!;
  const next = clock.first[position + 1]!;
  const rowAt = (hydro: number, period: number): number =>
    balanceRow(builder, input, hydro, period - first);
  for (const { kind, entity, sub } of incoming.slots) {
    if (kind !== "travelling_water" || sub >= next - first) continue;
    const arriving = builder.columnOf("arriving", entity, -1, sub);
    builder.entry(rowAt(entity, first + sub), arriving, -1);
  }
  for (const { kind, entity, sub } of outgoing.slots) {
    if (kind !== "travelling_water" || !reachedFrom(input, entity, next + sub)) continue;
    const transit = builder.column("transit", { entity, sub }, { lower: -Infinity });
    builder.entry(builder.row("transit", { entity, sub }, 0, 0), transit, 1);
  }
  frame.system.hydros.forEach(({ travelTimeHours }, entity) => {
    const below = frame.downstream[entity]!;
    if (below < 0 || travelTimeHours === 0) return;
    for (let period = first; period < next; period++) {
      const { block, startHour, endHour } = clock.periods[period]!;
      for (const arrival of arrivals(clock, startHour, endHour, travelTimeHours)) {
        const row = arrival.period < next
          ? rowAt(below, arrival.period)
          : builder.rowOf("transit", below, -1, arrival.period - next);
        for (let k = 0; k < data.blocks; k++) {
          if (block >= 0 && block !== k) continue;
          const volume = HM3_PER_M3S_HOUR * data.blockHours[k]! * arrival.share;
          for (const outlet of ["turbined", "spillage"] as const) {
            const column = builder.findColumn(outlet, entity, k);
            if (column >= 0) builder.entry(row, column, -volume);
          }
        }
      }
    }
  });
}

/** Whether water released in this stage can arrive at a hydro in a later period. */
function reachedFrom({ frame, data }: StageInput, receiver: number, arrival: number): boolean {
  const { clock } = frame;
  return frame.system.hydros.some(({ travelTimeHours }, entity) => {
    if (frame.downstream[entity] !== receiver || travelTimeHours === 0) return false;
    for (let at = clock.first[data.position]!; at < clock.first[data.position + 1]!; at++) {
      const { startHour, endHour } = clock.periods[at]!;
      const reached = arrivals(clock, startHour, endHour, travelTimeHours);
      if (reached.some(({ period }) => period === arrival)) return true;
    }
    return false;
  });
}
