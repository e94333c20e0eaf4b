/** Evaporation of a reservoir, linear in its volume. */
import type { Evaporation, Hydro, Stage } from "../../model/mod.ts";
import { stageHours } from "../../model/mod.ts";
import { CobreError } from "../../protocol/mod.ts";
import type { EvaporationLine } from "../plant_data.ts";
import { type Curve, curveSlope, curveValue } from "./curve.ts";

/** m³/s · h in one mm · km²: 1e3 m³ over 3600 s. */
const M3S_HOURS_PER_MM_KM2 = 1 / 3.6;

/**
 * The evaporation of a stage. A depth of c mm over the stage leaves c·A(v) through the surface; A is
 * taken as a line through its value and slope at the reference volume. The season of the stage is
 * its month, for the depths are by month.
 */
export function evaporationLine(
  hydro: Hydro,
  evaporation: Evaporation,
  area: Curve,
  stage: Stage,
): EvaporationLine {
  const month = stage.seasonId;
  if (month === null || evaporation.coefficientsMm[month] === undefined) {
    throw CobreError.of(
      "StageMismatch",
      `The evaporation of hydro ${hydro.id} '${hydro.name}' in stage ${stage.id} needs a month, ` +
        `but season_id is ${month ?? "missing"}, expected 0 to 11`,
      { entity_id: hydro.id, stage_id: stage.id, detail: "season_id is not a month" },
    );
  }
  const volume = evaporation.referenceVolumesHm3?.[month] ??
    (hydro.minStorageHm3 + hydro.maxStorageHm3) / 2;
  const flowPerArea = evaporation.coefficientsMm[month]! * M3S_HOURS_PER_MM_KM2 / stageHours(stage);
  const kV = flowPerArea * curveSlope(area, volume);
  return { k0: flowPerArea * curveValue(area, volume) - kV * volume, kV };
}
