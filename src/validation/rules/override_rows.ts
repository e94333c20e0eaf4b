/** Stages and blocks that rows of overrides are for. */
import type { Case } from "../../case/mod.ts";
import { unknownIds } from "../id_scan.ts";
import { type Rule, rule } from "../rule.ts";
import { counted, stageList } from "../wording.ts";

/** The key columns of a table of bounds. */
interface StageBlockRows {
  readonly file: string;
  readonly entityIds: Int32Array;
  readonly stageIds: Int32Array;
  readonly blockIds: Int32Array;
}

function boundTables({ system: { overrides } }: Case): readonly StageBlockRows[] {
  const { unitGroup, ...others } = overrides;
  const table = (name: string, { entity_id, stage_id, block_id }: typeof others.line | {
    entity_id: Int32Array;
    stage_id: Int32Array;
    block_id: Int32Array;
  }): StageBlockRows => ({
    file: `constraints/${name}.parquet`,
    entityIds: entity_id,
    stageIds: stage_id,
    blockIds: block_id,
  });
  return [
    table("thermal_bounds", others.thermal),
    table("hydro_bounds", others.hydro),
    table("hydro_unit_group_bounds", { ...unitGroup, entity_id: unitGroup.hydro_id }),
    table("line_bounds", others.line),
    table("pumping_bounds", others.station),
    table("contract_bounds", others.contract),
    table("ncs_bounds", others.source),
  ];
}

const unknownStages = rule({
  id: "semantic.5a.49",
  layer: 3,
  kind: "StageMismatch",
  severity: "error",
  file: "*",
  description: "v0.18: rows of bounds are for study stages",
  check(input, report) {
    if (input.dialect === "v0.5") return;
    const { genericBounds, horizon } = input.system;
    const columns = [
      ...boundTables(input).map(({ file, stageIds }) => ({ file, stageIds })),
      {
        file: "constraints/generic_constraint_bounds.parquet",
        stageIds: genericBounds.stage_id,
      },
    ];
    reportUnknownStages(columns, horizon.stages, report.found);
  },
});

const unknownExternalStages = rule({
  id: "semantic.5b.47",
  layer: 3,
  kind: "StageMismatch",
  severity: "error",
  file: "*",
  description: "v0.18: external scenarios are for study stages",
  check(input, report) {
    if (input.dialect === "v0.5") return;
    const { scenarios, horizon } = input.system;
    const tables = {
      inflow: scenarios.externalInflow,
      load: scenarios.externalLoad,
      ncs: scenarios.externalSource,
    };
    const columns = Object.entries(tables).flatMap(([noise, table]) =>
      table === null
        ? []
        : [{ file: `scenarios/external_${noise}_scenarios.parquet`, stageIds: table.stage_id }]
    );
    reportUnknownStages(columns, horizon.stages, report.found);
  },
});

function reportUnknownStages(
  columns: readonly { readonly file: string; readonly stageIds: Int32Array }[],
  stages: readonly { readonly id: number }[],
  found: (
    message: string,
    finding: { file: string; stage_id: number; detail: string },
    suggestion: string,
  ) => void,
): void {
  for (const { file, stageIds } of columns) {
    const unknown = unknownIds(stageIds, stages);
    if (unknown.size === 0) continue;
    const ids = [...unknown.keys()];
    const rows = [...unknown.values()].reduce((sum, count) => sum + count, 0);
    found(
      `${file} has ${counted(rows, "row")} for ${stageList(ids)}, which the study does not have`,
      { file, stage_id: ids[0]!, detail: `the study has no ${stageList(ids)}` },
      "Correct stage_id, or remove the rows",
    );
  }
}

const unknownBlocks = rule({
  id: "semantic.5a.35",
  layer: 3,
  kind: "StageMismatch",
  severity: "error",
  file: "*",
  description: "Rows of bounds are for blocks that their stage has",
  check(input, report) {
    const blocks = new Map(
      input.system.horizon.stages.map((stage) => [stage.id, stage.blocks.length]),
    );
    for (const { file, entityIds, stageIds, blockIds } of boundTables(input)) {
      // Factors of the older layout on line capacities become rows, and have a rule of their own.
      if (file === "constraints/line_bounds.parquet" && input.dialect === "v0.5") continue;
      for (let row = 0; row < blockIds.length; row++) {
        const block = blockIds[row]!;
        if (block < 0) continue;
        const stageId = stageIds[row]!;
        const count = blocks.get(stageId);
        if (count === undefined || block < count) continue;
        report.found(
          `${file} has a row of entity ${entityIds[row]} for block ${block} of stage ${stageId}, ` +
            `which has ${counted(count, "block")}`,
          {
            file,
            entity_id: entityIds[row]!,
            stage_id: stageId,
            detail: `blocks 0 to ${count - 1}`,
          },
          "Correct block_id, or remove the row",
        );
      }
    }
  },
});

/** The rules of stages and blocks in tables of bounds. */
export const rules: readonly Rule[] = [unknownStages, unknownExternalStages, unknownBlocks];
