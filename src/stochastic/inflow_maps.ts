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
    const incoming = positionsOf(manifests[t]!);
    const outgoing = manifests[t + 1]!;
    const rowOf = new Map(slots[t + 1]!.map((slot, row) => [keyOf(slot), update[row]!]));
    const [from, to] = inflowRange(outgoing);
    const rows = outgoing.slots.slice(from, to).map((slot) => ({
      entity: slot.entity,
      update: rowOf.get(keyOf(slot))!,
    }));
    const lags = Array.from({ length: H }, (_, h) =>
      Array.from({ length: depths[h]! }, (_, at) => {
        const column = incoming.get(keyOf({ kind: "inflow_lag", sub: at + 1, entity: h }))!;
        return [column, models.psi[(t * L + at) * H + h]!] as const;
      }));
    return {
      base: models.base.subarray(t * H, (t + 1) * H),
      scale: models.sigma.subarray(t * H, (t + 1) * H),
      lags: sparseRows(lags),
      shiftConstant: new Float64Array(rows.length),
      shift: sparseRows(
        rows.map(({ update }) =>
          update.from.map(([slot, weight]) =>
            [incoming.get(keyOf(slots[t]![slot]!))!, weight] as const
          )
        ),
      ),
      shiftInflow: sparseRows(rows.map(({ entity, update }) => [[entity, update.inflow] as const])),
    };
  });
}

/** The values of lags and accumulators at the start of the study, in the order of the manifest. */
export function initialInflow(
  { slots, initial }: LagTransitions,
  manifest: StateManifest,
): Float64Array {
  const values = new Map(slots[0]!.map((slot, at) => [keyOf(slot), initial[at]!]));
  const [from, to] = inflowRange(manifest);
  return Float64Array.from(manifest.slots.slice(from, to), (slot) => values.get(keyOf(slot))!);
}

function inflowRange(manifest: StateManifest): [from: number, to: number] {
  return [slotRange(manifest, "inflow_lag")[0], slotRange(manifest, "lag_accumulator")[1]];
}

function positionsOf({ slots }: StateManifest): ReadonlyMap<string, number> {
  return new Map(slots.map((slot, at) => [keyOf(slot), at]));
}

function keyOf({ kind, sub, entity }: Pick<StateSlot, "kind" | "sub" | "entity">): string {
  return `${kind},${sub},${entity}`;
}
