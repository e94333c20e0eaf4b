/** The cost of what comes after the stage. */
import type { ModelBuilder } from "../model_builder.ts";
import type { StageInput } from "../stage_input.ts";

/**
 * One column, or one per opening with the risk measure written out: with θ_i of probability p_i,
 *
 *     (1 − λ)·Σ p_i·θ_i + λ·(η + 1/α·Σ p_i·ξ_i),   ξ_i ≥ θ_i − η,  ξ_i ≥ 0
 */
export function addFuture(builder: ModelBuilder, { future }: StageInput): void {
  if (future.kind === "none") return;
  const { discount, lower } = future;
  if (future.kind === "single") {
    builder.column("future", { entity: 0 }, { lower, cost: discount });
    return;
  }
  const { probabilities, risk } = future;
  const lambda = risk.type === "cvar" ? risk.lambda : 0;
  const columns = probabilities.map((p, sub) =>
    builder.column("future", { entity: 0, sub }, { lower, cost: discount * (1 - lambda) * p })
  );
  if (risk.type !== "cvar" || lambda === 0) return;
  const threshold = builder.column("tail_threshold", { entity: 0 }, {
    lower,
    cost: discount * lambda,
  });
  columns.forEach((column, sub) => {
    const cost = discount * lambda * probabilities[sub]! / risk.alpha;
    const excess = builder.column("tail_excess", { entity: 0, sub }, { cost });
    const row = builder.row("tail_excess", { entity: 0, sub }, 0, Infinity);
    builder.entry(row, excess, 1);
    builder.entry(row, column, -1);
    builder.entry(row, threshold, 1);
  });
}
