/** The state in which a study begins. */
import { stageDays, type System } from "../model/mod.ts";
import { slotRange, type StateManifest, type StateSlot } from "./state_manifest.ts";
import { arrivals, HM3_PER_M3S_HOUR, sharedHours, waterClock } from "./water_clock.ts";

const HOURS_PER_DAY = 24;

/**
 * The state before the first stage: given storages (0 where the case has none, what a filling starts
 * from for plants that fill), water that was released before and is on its way, commitments that were
 * made. `inflow` holds the slots of the inflow model, lags then accumulators.
 */
export function initialState(
  system: System,
  manifest: StateManifest,
  inflow: Float64Array = new Float64Array(0),
): Float64Array {
  const [firstLag] = slotRange(manifest, "inflow_lag");
  const volumes = new Map<number, number>();
  for (const { hydroId, valueHm3 } of system.initial.fillingStorage) volumes.set(hydroId, valueHm3);
  for (const { hydroId, valueHm3 } of system.initial.storage) volumes.set(hydroId, valueHm3);
  const water = waterUnderWay(system);
  return Float64Array.from(manifest.slots, (slot, at) => {
    switch (slot.kind) {
      case "storage":
        return volumes.get(slot.entityId) ?? 0;
      case "travelling_water":
        return water.get(`${slot.entity} ${slot.sub}`) ?? 0;
      case "commitment":
        return commitmentFor(system, slot);
      default:
        return inflow[at - firstLag]!;
    }
  });
}

/** Volumes on their way by receiver and period (hm³). */
function waterUnderWay(system: System): Map<string, number> {
  const { stages } = system.horizon;
  const clock = waterClock(stages);
  const studyStart = stages[0]?.startDay ?? 0;
  const volumes = new Map<string, number>();
  for (const { entityId, startDay, endDay, value } of system.initial.pastDefluences) {
    const hydro = system.hydros.find(({ id }) => id === entityId);
    const below = system.hydros.findIndex(({ id }) => id === hydro?.downstreamId);
    if (hydro === undefined || below < 0) continue;
    const from = (startDay - studyStart) * HOURS_PER_DAY;
    const to = Math.min(0, (endDay - studyStart) * HOURS_PER_DAY);
    if (to <= from) continue;
    const volume = HM3_PER_M3S_HOUR * (to - from) * value;
    for (const { period, share } of arrivals(clock, from, to, hydro.travelTimeHours)) {
      const key = `${below} ${period}`;
      volumes.set(key, (volumes.get(key) ?? 0) + share * volume);
    }
  }
  return volumes;
}

/** Mean of the commitments over the stage of delivery (MW). */
function commitmentFor(system: System, { entityId, sub }: StateSlot): number {
  const study = system.horizon.stages;
  const after = system.postStudy?.stages[sub - study.length];
  const due = study[sub];
  const startDay = due?.startDay ?? after!.startDay;
  const days = due === undefined ? after!.durationHours / HOURS_PER_DAY : stageDays(due);
  let energy = 0;
  for (const row of system.initial.pastCommitments) {
    if (row.entityId !== entityId) continue;
    energy += row.value * sharedHours(row.startDay, row.endDay, startDay, startDay + days);
  }
  return energy / days;
}
