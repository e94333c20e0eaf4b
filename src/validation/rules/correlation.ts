/** Correlation of noises. */
import { symmetricEigen } from "../../numeric/mod.ts";
import { type Rule, rule } from "../rule.ts";
import { counted } from "../wording.ts";
import { rawPath } from "../raw_json.ts";

const FILE = "scenarios/correlation.json";

/** Eigenvalues below zero by less are rounding of the entries. */
const TOLERANCE = 1e-8;

/** The rules of correlation. */
export const rules: readonly Rule[] = [
  rule({
    id: "G5",
    layer: 5,
    kind: "CoverageMismatch",
    severity: "error",
    file: FILE,
    description: "A correlation group has entities",
    check({ system }, report) {
      for (const profile of system.correlation?.profiles ?? []) {
        profile.groups.forEach((group, g) => {
          if (group.entities.length > 0) return;
          report.found(
            `Group '${group.name}' of profile '${profile.name}' has no entities`,
            {
              path: ["profiles", profile.name, "correlation_groups", g, "entities"],
              missing_dimension: "entities",
              expected_coverage: "at least one entity",
            },
            "Remove the group, or list its entities",
          );
        });
      }
    },
  }),
  rule({
    id: "G5.stage",
    layer: 3,
    kind: "IgnoredInput",
    severity: "warning",
    file: FILE,
    description:
      "The schedule of profiles is for stages of the study; other entries have no effect",
    check(input, report) {
      const { correlation, horizon } = input.system;
      const known = new Set([...horizon.stages, ...horizon.preStudyStages].map(({ id }) => id));
      for (const { stageId, profile } of correlation?.schedule ?? []) {
        if (known.has(stageId)) continue;
        report.found(
          `The schedule gives profile '${profile}' to stage ${stageId}, which has no effect: the ` +
            "study does not have that stage",
          {
            path: [...rawPath(input, FILE, ["schedule"], { stage_id: stageId }), "stage_id"],
            field: "schedule",
            detail: `the study has no stage ${stageId}`,
          },
          "Correct stage_id, or remove the entry",
        );
      }
    },
  }),
  rule({
    id: "N-10",
    layer: 5,
    kind: "PhysicalConstraint",
    severity: "warning",
    file: FILE,
    description: "A correlation matrix has no negative eigenvalue",
    check({ system }, report) {
      for (const profile of system.correlation?.profiles ?? []) {
        profile.groups.forEach((group, g) => {
          const size = group.entities.length;
          const values = symmetricEigen(Float64Array.from(group.matrix.flat()), size)?.values;
          const negative = values?.filter((value) => value < -TOLERANCE) ?? [];
          if (negative.length === 0) return;
          const least = negative[0]!.toPrecision(4);
          report.found(
            `Group '${group.name}' of profile '${profile.name}' has a matrix with ` +
              `${counted(negative.length, "negative eigenvalue")}, down to ${least}: no noises ` +
              "are correlated like this, and the nearest that are will be drawn",
            {
              path: ["profiles", profile.name, "correlation_groups", g, "matrix"],
              detail: `least eigenvalue ${least}; negative ones count as 0`,
            },
            "Estimate the correlations from one common period, or smooth them",
          );
        });
      }
    },
  }),
];
