/** Layer 5: stages, seasons and the graph that joins the stages. */
import { seasonOfDay } from "../../case/mod.ts";
import type { Horizon, PreStudyStage, Season, SeasonCycle, Stage } from "../../model/mod.ts";
import { stageDays, stageHours } from "../../model/mod.ts";
import { rawPath } from "../raw_json.ts";
import { type Rule, rule } from "../rule.ts";
import { counted, listed, stageList } from "../wording.ts";

const FILE = "stages.json";

/** Stages of one season may differ by this much, as months do, and weeks at the turn of a year. */
const SEASON_TOLERANCE_DAYS = 7;

/** Sums of probabilities that decimal fractions miss by less than this are one. */
const PROBABILITY_TOLERANCE = 1e-6;

const SEASONS = ["season_definitions", "seasons"] as const;

function isPowerOfTwo(value: number): boolean {
  return Number.isInteger(Math.log2(value));
}

/** Whether a day belongs to a season, whatever other seasons hold it as well. */
function holdsDay(cycle: SeasonCycle, season: Season, day: number): boolean {
  return seasonOfDay({ type: cycle.type, seasons: [season] }, day) !== null;
}

function touchesSeason(cycle: SeasonCycle, season: Season, stage: PreStudyStage): boolean {
  const end = Math.min(stage.endDay, stage.startDay + 366);
  for (let day = stage.startDay; day < end; day++) if (holdsDay(cycle, season, day)) return true;
  return false;
}

/** Transitions from the last stage to itself or to an earlier one, as positions of their targets. */
function backEdges({ stages, transitions }: Horizon): number[] {
  const last = stages.at(-1);
  return transitions.filter(({ sourceId }) => sourceId === last?.id)
    .map(({ targetId }) => stages.findIndex((stage) => stage.id === targetId))
    .filter((position) => position >= 0);
}

function graphRules(): Rule[] {
  return [
    rule({
      id: "S1",
      layer: 5,
      kind: "StageMismatch",
      severity: "error",
      file: FILE,
      description: "Transitions join stages that exist",
      check({ system: { horizon } }, report) {
        const known = new Set([...horizon.preStudyStages, ...horizon.stages].map(({ id }) => id));
        horizon.transitions.forEach((transition, index) => {
          for (
            const [field, id] of [
              ["source_id", transition.sourceId],
              ["target_id", transition.targetId],
            ] as const
          ) {
            if (known.has(id)) continue;
            const detail = `${field} is ${id}, which is not the id of a stage`;
            report.found(
              `Transition ${index} of policy_graph leads nowhere: ${detail}`,
              { stage_id: id, detail, path: ["policy_graph", "transitions", index, field] },
              `Correct ${field}, or remove the transition`,
            );
          }
        });
      },
    }),
    rule({
      id: "S1.chain",
      layer: 5,
      kind: "IncompatibleSettings",
      severity: "error",
      file: FILE,
      description: "Transitions lead from a stage to the next one, in a cyclic study also from " +
        "the last stage back",
      check({ system: { horizon } }, report) {
        const { stages, type } = horizon;
        const positions = new Map(stages.map(({ id }, position) => [id, position]));
        horizon.transitions.forEach(({ sourceId, targetId }, index) => {
          const source = positions.get(sourceId);
          const target = positions.get(targetId);
          if (source === undefined || target === undefined || target === source + 1) return;
          if (type === "cyclic" && source === stages.length - 1) return;
          const next = stages[source + 1];
          const detail = next === undefined
            ? `stage ${sourceId} is the last one`
            : `stage ${next.id} follows stage ${sourceId}`;
          report.found(
            `Transition ${index} of policy_graph leads from stage ${sourceId} to stage ` +
              `${targetId}, but stages are solved one after the other: ${detail}`,
            {
              settings: ["policy_graph.transitions", "policy_graph.type"],
              detail,
              path: ["policy_graph", "transitions", index, "target_id"],
            },
            "Remove the transition, or let it lead to the next stage",
          );
        });
      },
    }),
    rule({
      id: "S2",
      layer: 5,
      kind: "OutOfRange",
      severity: "error",
      file: FILE,
      description: "The probabilities of the transitions out of a stage add up to 1",
      check({ system: { horizon } }, report) {
        const sums = new Map<number, number>();
        for (const { sourceId, probability } of horizon.transitions) {
          sums.set(sourceId, (sums.get(sourceId) ?? 0) + probability);
        }
        for (const [sourceId, sum] of sums) {
          if (Math.abs(sum - 1) <= PROBABILITY_TOLERANCE) continue;
          const index = horizon.transitions.findIndex((step) => step.sourceId === sourceId);
          report.found(
            `The transitions out of stage ${sourceId} have probabilities of ${sum} together, ` +
              "expected 1",
            {
              field: "policy_graph.transitions.probability",
              value: sum,
              min: 1,
              max: 1,
              path: ["policy_graph", "transitions", index, "probability"],
            },
          );
        }
      },
    }),
    rule({
      id: "N-17",
      layer: 5,
      kind: "IncompatibleSettings",
      severity: "error",
      file: FILE,
      description: "A cyclic study has a transition from its last stage back to an earlier one",
      check({ system: { horizon } }, report) {
        if (horizon.type !== "cyclic" || backEdges(horizon).length > 0) return;
        const detail = `no transition leads from stage ${horizon.stages.at(-1)?.id} back`;
        report.found(
          `${FILE} describes a cyclic study, but ${detail}`,
          {
            settings: ["policy_graph.type", "policy_graph.transitions"],
            detail,
            path: ["policy_graph", "type"],
          },
          "Add the transition to the stage at which the cycle begins again",
        );
      },
    }),
    rule({
      id: "N-17.discount",
      layer: 5,
      kind: "IncompatibleSettings",
      severity: "error",
      file: FILE,
      description: "Costs are discounted in some stage of every cycle",
      check({ system: { horizon } }, report) {
        if (horizon.type !== "cyclic") return;
        for (const position of backEdges(horizon)) {
          const cycle = horizon.stages.slice(position);
          if (cycle.some((stage) => stage.annualDiscountRate > 0)) continue;
          const detail = `no cost is discounted in ${stageList(cycle.map(({ id }) => id))}`;
          report.found(
            `The cost of a cycle that begins at stage ${cycle[0]!.id} has no limit: ${detail}`,
            {
              settings: [
                "policy_graph.type",
                "policy_graph.transitions.annual_discount_rate_override",
              ],
              detail,
              path: ["policy_graph", "transitions"],
            },
            "Let at least one stage of the cycle have a discount rate above 0",
          );
        }
      },
    }),
  ];
}

function seasonRules(): Rule[] {
  return [
    rule({
      id: "S27",
      layer: 5,
      kind: "StageMismatch",
      severity: "error",
      file: FILE,
      description: "season_id of a stage is one of season_definitions, where there are any",
      check(input, report) {
        const { seasons, stages, preStudyStages } = input.system.horizon;
        if (seasons === null) return;
        const known = new Set(seasons.seasons.map(({ id }) => id));
        for (
          const [list, members] of [
            ["stages", stages],
            ["pre_study_stages", preStudyStages],
          ] as const
        ) {
          for (const { id, seasonId } of members) {
            if (seasonId === null || known.has(seasonId)) continue;
            const detail = `season_definitions has no season ${seasonId}`;
            report.found(
              `Stage ${id} has season_id ${seasonId}, but ${detail}`,
              {
                entity_id: id,
                stage_id: id,
                detail,
                path: [...rawPath(input, FILE, [list], { id }), "season_id"],
              },
              "Correct season_id, or define the season",
            );
          }
        }
      },
    }),
    rule({
      id: "S29",
      layer: 5,
      kind: "StageMismatch",
      severity: "error",
      file: FILE,
      description: `Stages of one season differ by ${SEASON_TOLERANCE_DAYS} days at most`,
      check(input, report) {
        const { seasons, stages, preStudyStages } = input.system.horizon;
        for (const season of seasons?.seasons ?? []) {
          const members = [...preStudyStages, ...stages]
            .filter((stage) => stage.seasonId === season.id)
            .toSorted((a, b) => stageDays(a) - stageDays(b));
          const [shortest, longest] = [members[0], members.at(-1)];
          if (shortest === undefined || longest === undefined) continue;
          const [least, most] = [stageDays(shortest), stageDays(longest)];
          if (most - least <= SEASON_TOLERANCE_DAYS) continue;
          const detail = `stage ${shortest.id} has ${least} days, stage ${longest.id} has ${most}`;
          report.found(
            `Season ${season.id} '${season.label}' has stages of different lengths: ${detail}`,
            {
              entity_id: season.id,
              stage_id: longest.id,
              detail,
              path: rawPath(input, FILE, SEASONS, { id: season.id }),
            },
            "Give stages of different lengths seasons of their own",
          );
        }
      },
    }),
    rule({
      id: "S30",
      layer: 5,
      kind: "PhysicalConstraint",
      severity: "warning",
      file: FILE,
      description: "Every season is that of a stage",
      check(input, report) {
        const { seasons, stages, preStudyStages } = input.system.horizon;
        const used = new Set([...stages, ...preStudyStages].map(({ seasonId }) => seasonId));
        const unused = (seasons?.seasons ?? []).filter(({ id }) => !used.has(id));
        const first = unused[0];
        if (first === undefined) return;
        const names = listed(unused.map(({ id, label }) => `${id} '${label}'`), 12);
        report.found(
          `${unused.length === 1 ? "Season" : "Seasons"} ${names} ` +
            `${unused.length === 1 ? "is that" : "are those"} of no stage`,
          {
            entity_id: first.id,
            detail: "no stage has this season_id",
            path: rawPath(input, FILE, SEASONS, { id: first.id }),
          },
          "Check season_id of the stages, or remove the seasons that are not needed",
        );
      },
    }),
    rule({
      id: "N-7.season",
      layer: 5,
      kind: "PhysicalConstraint",
      severity: "warning",
      file: FILE,
      description: "A stage has a day in common with its season",
      check({ system: { horizon } }, report) {
        const cycle = horizon.seasons;
        if (cycle === null) return;
        const byId = new Map(cycle.seasons.map((season) => [season.id, season]));
        for (const stage of horizon.stages) {
          const season = stage.seasonId === null ? undefined : byId.get(stage.seasonId);
          if (season === undefined || touchesSeason(cycle, season, stage)) continue;
          const detail =
            `no day of stage ${stage.id} lies in season ${season.id} '${season.label}'`;
          report.found(
            `Stage ${stage.id} has season_id ${season.id}, but ${detail}`,
            { entity_id: stage.id, detail, at: ["season_id"] },
            "Check season_id and the dates of the stage",
          );
        }
      },
    }),
  ];
}

/** Hours of a month, where every month is taken to be equally long. */
const MEAN_MONTH_HOURS = 730.5;

/** Stages whose blocks are meant to fill the dates, but miss them by more than a change of clocks. */
function missedHours(stages: readonly Stage[]): Stage[] {
  return stages.filter((stage) => {
    const hours = stageHours(stage);
    const dated = 24 * stageDays(stage);
    const isMonth = dated >= 28 * 24 && dated <= 31 * 24;
    if (isMonth && Math.abs(hours - MEAN_MONTH_HOURS) <= 1) return false;
    return hours > dated + 1 || (hours < dated - 1 && hours > 0.9 * dated);
  });
}

/** The rules. */
export const rules: readonly Rule[] = [
  ...graphRules(),
  rule({
    id: "S25",
    layer: 5,
    kind: "PhysicalConstraint",
    severity: "warning",
    file: FILE,
    description: "With the sampling method qmc_sobol the number of openings is a power of two",
    check({ system: { horizon }, dialect }, report) {
      const field = dialect === "v0.5" ? "num_scenarios" : "num_openings";
      for (const { id, sampling, openings } of horizon.stages) {
        if (sampling !== "qmc_sobol" || isPowerOfTwo(openings)) continue;
        const below = 2 ** Math.floor(Math.log2(openings));
        report.found(
          `Stage ${id} draws ${openings} openings by qmc_sobol, which is even only for powers of ` +
            "two",
          { entity_id: id, detail: `${field} is ${openings}`, at: [field] },
          `Take ${below} or ${2 * below} openings`,
        );
      }
    },
  }),
  ...seasonRules(),
  rule({
    id: "N-7",
    layer: 5,
    kind: "PhysicalConstraint",
    severity: "warning",
    file: FILE,
    description: "A stage begins on the day on which the stage before it ends",
    check({ system: { horizon: { stages } } }, report) {
      const breaks = stages.flatMap((stage, position) => {
        const before = stages[position - 1];
        if (before === undefined || before.endDay === stage.startDay) return [];
        const days = stage.startDay - before.endDay;
        const what = days > 0
          ? `${counted(days, "day")} after the end of`
          : `${counted(-days, "day")} before the end of`;
        return [{ stage, text: `stage ${stage.id} begins ${what} stage ${before.id}` }];
      });
      const first = breaks[0];
      if (first === undefined) return;
      const detail = listed(breaks.map(({ text }) => text), 4);
      report.found(
        `${detail[0]!.toUpperCase()}${detail.slice(1)}`,
        { entity_id: first.stage.id, detail, at: ["start_date"] },
        "Check start_date and end_date of these stages",
      );
    },
  }),
  rule({
    id: "N-7.hours",
    layer: 5,
    kind: "PhysicalConstraint",
    severity: "warning",
    file: FILE,
    description: "The hours of the blocks are not more than the days of the stage hold, nor less " +
      "by up to a tenth; a stage may stand for a far shorter time, a month for the mean month",
    check({ system: { horizon } }, report) {
      const missed = missedHours(horizon.stages);
      const first = missed[0];
      if (first === undefined) return;
      const detail = `stage ${first.id} has blocks of ${stageHours(first)} h in ` +
        `${24 * stageDays(first)} h`;
      const others = missed.length === 1
        ? ""
        : `, the first of ${stageList(missed.map(({ id }) => id))}`;
      report.found(
        `Blocks do not fill their stage: ${detail}${others}`,
        { entity_id: first.id, detail, at: ["blocks"] },
        "Check the hours of the blocks: they drive energy and water, not the dates",
      );
    },
  }),
];
