/** What lies beyond the study for thermals that are dispatched ahead. */
import { formatIsoDate } from "../../numeric/mod.ts";
import { anticipatedThermals, deliveryCalendar, deliveryOf } from "../delivery.ts";
import { rawList } from "../raw_json.ts";
import { type Rule, rule } from "../rule.ts";
import { named, namedById, stageList } from "../wording.ts";

const THERMALS = "system/thermals.json";
const POST_STUDY = "post_study_stages.json";

const calendar = rule({
  id: "semantic.5a.47",
  layer: 5,
  kind: "StageMismatch",
  severity: "error",
  file: POST_STUDY,
  description: "Stages after the study follow it, and each other, without gap",
  check(input, report) {
    let end = input.system.horizon.stages.at(-1)?.endDay;
    if (end === undefined) return;
    for (const [index, stage] of (input.system.postStudy?.stages ?? []).entries()) {
      // Durations are in hours; less than a minute is rounding.
      if (Math.abs(stage.startDay - end) > 1 / 1440) {
        report.found(
          `Stage ${index} after the study starts on ${formatIsoDate(stage.startDay)}, but ` +
            `${index === 0 ? "the study" : "the stage before it"} ends on ` +
            formatIsoDate(Math.floor(end)),
          {
            path: ["stages", index, "start_date"],
            detail: "each stage begins where the one before it ends",
          },
          "Correct start_date, or duration_hours of the stage before",
        );
      }
      end = stage.startDay + stage.durationHours / 24;
    }
  },
});

const boundsOfWhom = rule({
  id: "PS4",
  layer: 3,
  kind: "MissingReference",
  severity: "error",
  file: POST_STUDY,
  description: "Bounds after the study are of anticipated thermals",
  check(input, report) {
    const known = new Set(anticipatedThermals(input).map(({ id }) => id));
    rawList(input, POST_STUDY, "thermal_bounds").forEach((entry, index) => {
      const id = entry["thermal_id"] as number;
      if (known.has(id)) return;
      report.found(
        `Entry ${index} of thermal_bounds is of ${
          namedById("thermal", id, input.system.thermals)
        }, ` +
          `but ${THERMALS} has no anticipated thermal ${id}`,
        {
          entity_id: id,
          path: ["thermal_bounds", index, "thermal_id"],
          field: `thermal_bounds[${index}].thermal_id`,
          referenced_value: id,
          referenced_registry: THERMALS,
        },
        "Correct thermal_id, or remove the bounds",
      );
    });
  },
});

const boundsAfter = rule({
  id: "PS5",
  layer: 4,
  kind: "CoverageMismatch",
  severity: "error",
  file: POST_STUDY,
  description: "An anticipated thermal has bounds in each stage after the study it delivers in",
  check(input, report) {
    const { postStudy, horizon } = input.system;
    if (postStudy === null) return;
    const stages = deliveryCalendar(input);
    const given = new Set(
      postStudy.thermalBounds.map(({ thermalId, stageIndex }) => `${thermalId},${stageIndex}`),
    );
    for (const thermal of anticipatedThermals(input)) {
      const lacking = new Set<number>();
      for (let position = 0; position < horizon.stages.length; position++) {
        const delivery = deliveryOf(thermal, stages, position);
        const index = delivery - horizon.stages.length;
        if (index < 0 || delivery >= stages.length) continue;
        if (!given.has(`${thermal.id},${index}`)) lacking.add(index);
      }
      if (lacking.size === 0) continue;
      report.found(
        `${named("Thermal", thermal)} delivers in ${stageList([...lacking])} after the study, ` +
          "but has no thermal_bounds there",
        {
          entity_id: thermal.id,
          path: ["thermal_bounds"],
          missing_dimension: "post_study_stage_index",
          expected_coverage: "each stage that decisions of the study are delivered in",
        },
        "Add bounds and cost of the thermal in these stages",
      );
    }
  },
});

/** The rules of stages after the study. */
export const rules: readonly Rule[] = [boundsOfWhom, boundsAfter, calendar];
