/** Puts the problem of a stage together, element by element. */
import { addContracts } from "./elements/contracts.ts";
import { addEvaporation } from "./elements/evaporation.ts";
import { addFuture } from "./elements/future.ts";
import { addGenericConstraints } from "./elements/generic.ts";
import { addHydroBalance } from "./elements/hydro_balance.ts";
import { addHydroLimits } from "./elements/hydro_limits.ts";
import { addHydroProduction } from "./elements/hydro_production.ts";
import { addNetwork } from "./elements/network.ts";
import { addParameters } from "./elements/parameters.ts";
import { addPumping } from "./elements/pumping.ts";
import { addSources } from "./elements/sources.ts";
import { addStorageLimits, addWithdrawal } from "./elements/storage_limits.ts";
import { addCommitments, addThermals } from "./elements/thermal.ts";
import { ModelBuilder } from "./model_builder.ts";
import type { StageInput } from "./stage_input.ts";
import type { StageModel } from "./stage_model.ts";

/**
 * Each part adds its own columns and rows; later ones find those of earlier ones by key. The users'
 * constraints come last, for they may speak of anything.
 */
const PARTS = [
  addParameters,
  addNetwork,
  addHydroBalance,
  addHydroProduction,
  addHydroLimits,
  addStorageLimits,
  addWithdrawal,
  addEvaporation,
  addThermals,
  addCommitments,
  addSources,
  addPumping,
  addContracts,
  addFuture,
  addGenericConstraints,
] as const;

/** The whole problem of one stage. */
export function buildStageModel(input: StageInput): StageModel {
  const builder = new ModelBuilder(input.data.position);
  for (const add of PARTS) add(builder, input);
  return builder.build();
}
