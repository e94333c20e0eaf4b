/** The inflow models and the way of the lags as the linear maps between the states of stages. */
import {
  type InflowMap,
  slotRange,
  sparseRows,
  type StateManifest,
  type StateSlot,
} from "../lp/mod.ts";
import type { InflowModels } from "./inflow_model.ts";
import type { LagTransitions } from "./lag_transition.ts";

/**
 * The map of every stage, for the states before each stage and after the last, which hold the slots
 * of the transitions among others.
 */
export function inflowMaps(
  models: InflowModels,
  { slots, updates }: LagTransitions,
  manifests: readonly StateManifest[],
): InflowMap[] {
  const { hydros: H, lagDepth: L, depths } = models;
  return updates.map((update, t) => {
    const positions = inflowPositions(manifests[t]!, H);
    const columnOf = slots[t]!.map((slot) => positions.get(keyOf(slot, H))!);
    const rowOf = new Map(slots[t + 1]!.map((slot, row) => [keyOf(slot, H), update[row]!]));
    const outgoing = manifests[t + 1]!;
    const rows = outgoing.slots.slice(...inflowRange(outgoing)).map((slot) => ({
      entity: slot.entity,
      update: rowOf.get(keyOf(slot, H))!,
    }));
    const lags: [column: number, psi: number][][] = Array.from({ length: H }, () => []);
    slots[t]!.forEach(({ kind, sub, entity: h }, at) => {
      if (kind !== "inflow_lag" || sub > depths[h]!) return;
      lags[h]!.push([columnOf[at]!, models.psi[(t * L + sub - 1) * H + h]!]);
    });
    return {
      base: models.base.subarray(t * H, (t + 1) * H),
      scale: models.sigma.subarray(t * H, (t + 1) * H),
      lags: sparseRows(lags),
      shiftConstant: new Float64Array(rows.length),
      shift: sparseRows(
        rows.map(({ update }) => update.from.map(([slot, weight]) => [columnOf[slot]!, weight])),
      ),
      shiftInflow: sparseRows(rows.map(({ entity, update }) => [[entity, update.inflow]])),
    };
  });
}

/** The values of lags and accumulators at the start of the study, in the order of the manifest. */
export function initialInflow(
  { slots, initial }: LagTransitions,
  manifest: StateManifest,
): Float64Array {
  const hydros = slots[0]!.reduce((most, { entity }) => Math.max(most, entity + 1), 0);
  const values = new Map(slots[0]!.map((slot, at) => [keyOf(slot, hydros), initial[at]!]));
  const own = manifest.slots.slice(...inflowRange(manifest));
  return Float64Array.from(own, (slot) => values.get(keyOf(slot, hydros))!);
}

function inflowRange(manifest: StateManifest): [from: number, to: number] {
  return [slotRange(manifest, "inflow_lag")[0], slotRange(manifest, "lag_accumulator")[1]];
}

/** Positions of lags and accumulators in a state. */
function inflowPositions(manifest: StateManifest, hydros: number): ReadonlyMap<number, number> {
  const [from, to] = inflowRange(manifest);
  const positions = new Map<number, number>();
  for (let at = from; at < to; at++) positions.set(keyOf(manifest.slots[at]!, hydros), at);
  return positions;
}

/** A number for a lag or accumulator: text would take most of the time of large studies. */
function keyOf(
  { kind, sub, entity }: Pick<StateSlot, "kind" | "sub" | "entity">,
  hydros: number,
): number {
  return (2 * sub + (kind === "inflow_lag" ? 0 : 1)) * hydros + entity;
}
