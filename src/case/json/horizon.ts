/** From `stages.json` to the horizon of the model. */
import type { Horizon, PreStudyStage, RiskMeasure, SeasonCycle, Stage } from "../../model/mod.ts";
import { dayOf } from "./primitives.ts";
import { seasonIds } from "./stage_seasons.ts";
import type { StagesV05, StagesV18 } from "./stages_schema.ts";

/** The rate that the first transition out of a stage gives; null where it gives none. */
export function overrideOf(
  transitions: StagesV05["policy_graph"]["transitions"],
  stageId: number,
): number | null {
  const first = transitions.find((step) => step.source_id === stageId);
  return first?.annual_discount_rate_override ?? null;
}

/** The horizon of a v0.5 file. */
export function horizonFromV05(value: StagesV05): Horizon {
  return toHorizon(value, (stage) => ({
    openings: stage.num_scenarios,
    seasonId: stage.season_id,
    rate: null,
  }), (stage) => stage.season_id);
}

/** The horizon of a v0.18 file, in which dates tell the season where it is not given. */
export function horizonFromV18(value: StagesV18): Horizon {
  const seasons = seasonIds(value, toCycle(value), null);
  return toHorizon(value, (stage) => ({
    openings: stage.num_openings,
    seasonId: seasons.get(stage.id) ?? null,
    rate: stage.annual_discount_rate_override,
  }), (stage) => seasons.get(stage.id) ?? null);
}

type AnyStage = StagesV05["stages"][number] | StagesV18["stages"][number];

function toHorizon<S extends AnyStage>(
  value: Omit<StagesV05 | StagesV18, "stages"> & { readonly stages: readonly S[] },
  own: (stage: S) => { openings: number; seasonId: number | null; rate: number | null },
  preStudySeason: (stage: StagesV05["pre_study_stages"][number]) => number | null,
): Horizon {
  const { policy_graph } = value;
  const stages = value.stages.map((stage): Stage => {
    const { openings, seasonId, rate } = own(stage);
    return {
      id: stage.id,
      startDay: dayOf(stage.start_date),
      endDay: dayOf(stage.end_date),
      seasonId,
      blocks: stage.blocks.toSorted((a, b) => a.id - b.id),
      blockMode: stage.block_mode,
      stateStorage: stage.state_variables?.storage ?? true,
      stateInflowLags: stage.state_variables?.inflow_lags ?? false,
      risk: toRisk(stage.risk_measure),
      openings,
      sampling: stage.sampling_method,
      annualDiscountRate: rate ?? overrideOf(policy_graph.transitions, stage.id) ??
        policy_graph.annual_discount_rate,
    };
  });
  return {
    type: policy_graph.type,
    annualDiscountRate: policy_graph.annual_discount_rate,
    transitions: policy_graph.transitions.map((step) => ({
      sourceId: step.source_id,
      targetId: step.target_id,
      probability: step.probability,
    })),
    stages: stages.toSorted((a, b) => a.id - b.id),
    preStudyStages: value.pre_study_stages.map((stage): PreStudyStage => ({
      id: stage.id,
      startDay: dayOf(stage.start_date),
      endDay: dayOf(stage.end_date),
      seasonId: preStudySeason(stage),
    })).toSorted((a, b) => a.id - b.id),
    seasons: toCycle(value),
  };
}

function toRisk(value: AnyStage["risk_measure"]): RiskMeasure {
  if (typeof value === "string") return { type: "expectation" };
  const { alpha, lambda } = value.cvar;
  return { type: "cvar", alpha, lambda };
}

/** The yearly cycle of the model. */
export function toCycle(value: Pick<StagesV05, "season_definitions">): SeasonCycle | null {
  const cycle = value.season_definitions;
  if (cycle === null) return null;
  return {
    type: cycle.cycle_type,
    seasons: cycle.seasons.map((season) => ({
      id: season.id,
      label: season.label,
      monthStart: season.month_start,
      dayStart: season.day_start,
      monthEnd: season.month_end,
      dayEnd: season.day_end,
    })).toSorted((a, b) => a.id - b.id),
  };
}
