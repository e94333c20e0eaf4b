/** The report that validation leaves in the case directory. */
import { join } from "node:path";
import { CobreError, validationReport } from "../protocol/mod.ts";
import type { ValidationOutcome } from "./validate_case.ts";

/** Name of the report in the case directory. */
export const VALIDATION_REPORT = "validation_report.json";

/**
 * Writes the report and gives its path, or null when there is none: a case may lie where nothing
 * can be written, and its validity does not depend on that; and a folder without any file of a case
 * is somebody else's.
 */
export async function writeValidationReport(outcome: ValidationOutcome): Promise<string | null> {
  if (outcome.filesChecked === 0) return null;
  const { writeFileAtomic } = await import("../files/mod.ts");
  const path = join(outcome.directory, VALIDATION_REPORT);
  const report = validationReport({
    caseDirectory: outcome.directory,
    timestamp: outcome.timestamp,
    errors: outcome.errors,
    warnings: outcome.warnings,
    filesChecked: outcome.filesChecked,
    entitiesValidated: outcome.entitiesValidated,
  });
  try {
    await writeFileAtomic(path, `${JSON.stringify(report, null, 2)}\n`);
    return path;
  } catch (thrown) {
    if (thrown instanceof CobreError && thrown.kind === "OutputWriteFailed") return null;
    throw thrown;
  }
}
