/** Sets the bounds of a solver's model that holds a whole template. */
import type { LpModel } from "../../solver/mod.ts";
import type { BoundsWorkspace } from "../apply_parameters.ts";
import type { StageTemplate } from "../stage_template.ts";

/** Gives bounds to a solver's model that holds every row of the template. */
export function applyBounds(
  { firstPatched, boundPatches }: StageTemplate,
  { rowLower, rowUpper, columnLower, columnUpper }: BoundsWorkspace,
  model: LpModel,
): void {
  const { columns } = boundPatches;
  if (rowLower.length > 0) model.setRowBounds(firstPatched, rowLower.length, rowLower, rowUpper);
  if (columns.length > 0) {
    model.setColumnBoundsAt(columns.length, columns, columnLower, columnUpper);
  }
}
