/** Files that only one of the two layouts has. */
import type { Dialect } from "../case.ts";
import type { Problems } from "../problem.ts";
import type { RuleInfo } from "../rule.ts";

/** Tables that came with the later layout. */
export const NEW_FILES: ReadonlySet<string> = new Set([
  "system/hydro_energy_productivity.parquet",
  "system/tailrace_curves.parquet",
  "constraints/hydro_unit_group_bounds.parquet",
]);

/** Files that the later layout refuses, and what to do instead. */
const REMOVED: ReadonlyMap<string, string> = new Map([
  [
    "constraints/exchange_factors.json",
    "Give block capacities in MW as rows with block_id in constraints/line_bounds.parquet",
  ],
  [
    "system/scalar_parameters.json",
    "Give scalar parameters in constraints/generic_parameters.json",
  ],
]);

/** The rule about removed files. */
export const REMOVED_FILE_RULES: readonly RuleInfo[] = [...REMOVED.keys()].map((file) => ({
  id: "L1.removed_file",
  layer: 1,
  kind: "SchemaViolation",
  severity: "error",
  file,
  description: "The v0.18 layout does not have this file",
}));

/** Refuses files that the layout dropped, and says which tables of the other layout are idle. */
export function checkFiles(
  present: ReadonlySet<string>,
  dialect: Dialect,
  problems: Problems,
): void {
  if (dialect === "v0.5") {
    for (const file of NEW_FILES) {
      if (!present.has(file)) continue;
      const detail = "the v0.5 layout does not have this file";
      problems.warning(
        2,
        "IgnoredInput",
        `${file} has no effect: ${detail}`,
        { file, rule: "L2.ignored_file", detail },
      );
    }
    return;
  }
  for (const [file, remedy] of REMOVED) {
    if (!present.has(file)) continue;
    problems.error(
      1,
      "SchemaViolation",
      `The v0.18 layout does not have the file ${file}`,
      {
        file,
        rule: "L1.removed_file",
        expected: "no such file",
        actual: "present",
      },
      remedy,
    );
  }
}
