/** Factors of single blocks on loads and availabilities. */
import { rawList } from "../raw_json.ts";
import { type Rule, rule } from "../rule.ts";
import { counted } from "../wording.ts";

function blocksExist(id: string, file: string, list: string, field: string, noun: string): Rule {
  return rule({
    id,
    layer: 5,
    kind: "StageMismatch",
    severity: "error",
    file,
    description: "Factors are for blocks that their stage has",
    check(input, report) {
      const { stages } = input.system.horizon;
      const blocks = new Map(stages.map((stage) => [stage.id, stage.blocks.length]));
      rawList(input, file, list).forEach((entry, index) => {
        const stageId = entry["stage_id"] as number;
        const count = blocks.get(stageId);
        if (count === undefined) return;
        const entityId = entry[field] as number;
        const factors = entry["block_factors"] as readonly { readonly block_id: number }[];
        factors.forEach(({ block_id: block }, position) => {
          if (block >= 0 && block < count) return;
          report.found(
            `${noun} ${entityId} has a factor for block ${block} of stage ${stageId}, which has ` +
              counted(count, "block"),
            {
              entity_id: entityId,
              path: [list, index, "block_factors", position, "block_id"],
              stage_id: stageId,
              detail: `blocks 0 to ${count - 1}`,
            },
            "Correct block_id, or remove the factor",
          );
        });
      });
    },
  });
}

/** The rules of block factors. */
export const rules: readonly Rule[] = [
  blocksExist("S17", "scenarios/load_factors.json", "load_factors", "bus_id", "Bus"),
  blocksExist(
    "S17.ncs",
    "scenarios/non_controllable_factors.json",
    "non_controllable_factors",
    "ncs_id",
    "Non-controllable source",
  ),
];
