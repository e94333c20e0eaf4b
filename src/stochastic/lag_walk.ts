/** The lags of one trajectory, for those who need no more than the lags. */
import type { LagWalk } from "./external_library.ts";
import type { LagTransitions } from "./lag_transition.ts";

/**
 * A walk through the transitions. Accumulators stay with the walk, so that a trajectory has to be
 * followed from its start; every worker has its own walk.
 */
export function makeLagWalk(
  { slots, initial, updates }: LagTransitions,
  hydros: number,
): LagWalk {
  const size = slots.reduce((most, { length }) => Math.max(most, length), 0);
  let state = new Float64Array(size);
  let next = new Float64Array(size);
  return {
    start(lags) {
      state.set(initial);
      writeLags(state, slots[0]!, lags);
    },
    advance(stage, inflow, lags) {
      const before = slots[stage]!;
      const after = slots[stage + 1]!;
      const update = updates[stage]!;
      for (let at = 0; at < before.length; at++) {
        const { kind, sub, entity } = before[at]!;
        if (kind === "inflow_lag") state[at] = lags[(sub - 1) * hydros + entity]!;
      }
      for (let at = 0; at < after.length; at++) {
        const { from, inflow: share } = update[at]!;
        let value = share * inflow[after[at]!.entity]!;
        for (const [slot, weight] of from) value += weight * state[slot]!;
        next[at] = value;
      }
      [state, next] = [next, state];
      writeLags(state, after, lags);
    },
  };

  function writeLags(
    values: Float64Array,
    list: LagTransitions["slots"][number],
    lags: Float64Array,
  ): void {
    for (let at = 0; at < list.length; at++) {
      const { kind, sub, entity } = list[at]!;
      if (kind === "inflow_lag") lags[(sub - 1) * hydros + entity] = values[at]!;
    }
  }
}
