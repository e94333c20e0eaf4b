/** Right-hand sides of the users' constraints. */
import { ALL_BLOCKS, type GenericBounds, type Table } from "../../model/mod.ts";
import { entity, key, optionalReal, real, rule, tableSpec } from "./spec.ts";

const file = "constraints/generic_constraint_bounds.parquet";

const keys = [
  entity("constraint_id", "constraint"),
  key("stage_id", "stage"),
  key("block_id", "block", {
    whenNull: ALL_BLOCKS,
    least: { value: 0, rule: "B5.block" },
  }),
] as const;

const rules = [
  rule("B5", "OutOfRange", file, "Bounds are finite"),
  rule("B5.block", "OutOfRange", file, "A block id is at least 0"),
  rule("R39", "DuplicateId", file, "A constraint, a stage and a block have one row"),
];

const remedy = "Give bound_lower for >=, bound_upper for <=, both for ==";

/** One bound per row, on the side that the sense of the constraint says. */
export const GENERIC_BOUNDS_BY_SENSE = tableSpec({
  file,
  keys,
  values: [real("bound", "finite", "B5")],
  duplicates: { mode: "reject", rule: "R39" },
  foreign: (["bound_lower", "bound_upper"] as const).map((name) => ({
    name,
    type: "f64" as const,
    remedy: "Give the right-hand side in a column bound",
  })),
  rules,
});

/**
 * One or two bounds per row. Whether a row has enough of them shows only together with the
 * expression of its constraint, which may hold the bound.
 */
export const GENERIC_BOUNDS_BY_SIDE = tableSpec({
  file,
  keys,
  values: [
    optionalReal("bound_lower", "finite", "B5"),
    optionalReal("bound_upper", "finite", "B5"),
  ],
  duplicates: { mode: "reject", rule: "R39" },
  foreign: [{ name: "bound", type: "f64", remedy }],
  rules,
});

/**
 * Puts each bound on the side of its constraint's sense. A row of an unknown constraint keeps its
 * bound on both sides; the check of references reports it.
 */
export function boundsBySide(
  table: Table<"constraint_id" | "stage_id" | "block_id", "bound">,
  senses: ReadonlyMap<number, string>,
): GenericBounds {
  const { rows, constraint_id, stage_id, block_id, bound } = table;
  const bound_lower = new Float64Array(bound);
  const bound_upper = new Float64Array(bound);
  for (let row = 0; row < rows; row++) {
    const sense = senses.get(constraint_id[row]!);
    if (sense === "<=") bound_lower[row] = NaN;
    else if (sense === ">=") bound_upper[row] = NaN;
  }
  return { rows, constraint_id, stage_id, block_id, bound_lower, bound_upper };
}
