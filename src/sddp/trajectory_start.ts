/** The state in which a trajectory begins. */
import type { Sampler } from "../stochastic/mod.ts";
import type { Study } from "./study.ts";

/**
 * Leaves the state before the first stage in `state`: that of the study, with the lags of the window
 * of the past where the trajectory repeats one. `lags` is room for all lags of all hydros.
 */
export function startState(
  study: Study,
  samplers: readonly Sampler[],
  iteration: number,
  scenario: number,
  state: Float64Array,
  lags: Float64Array,
): void {
  state.set(study.initialState);
  for (const sampler of samplers) {
    if (!sampler.startLags(iteration, scenario, lags)) continue;
    const { slots } = study.stages[0]!.template.map.incoming;
    const hydros = study.stages[0]!.template.map.inflow.base.length;
    slots.forEach(({ kind, sub, entity }, slot) => {
      if (kind === "inflow_lag") state[slot] = lags[(sub - 1) * hydros + entity]!;
    });
  }
}
