/** The report that validation leaves in the case directory as `validation_report.json`. */
import type { z } from "zod";
import type { ErrorRecord } from "./error.ts";
import type { ValidationReportSchema } from "./validation_report_schema.ts";

/** See {@link validationReport}. */
export type ValidationReport = z.infer<typeof ValidationReportSchema>;

type ReportRecord = ValidationReport["errors"][number];

function reportRecord(record: ErrorRecord): ReportRecord {
  const { file, entity_id: entity } = record.context;
  return {
    ...record,
    file: typeof file === "string" ? file : null,
    entity: typeof entity === "string" || typeof entity === "number" ? entity : null,
  };
}

/** Makes the report. A case is valid when nothing in it is an error. */
export function validationReport(found: {
  readonly caseDirectory: string;
  readonly timestamp: string;
  readonly errors: readonly ErrorRecord[];
  readonly warnings: readonly ErrorRecord[];
  readonly filesChecked: number;
  readonly entitiesValidated: number;
}): ValidationReport {
  return {
    valid: found.errors.length === 0,
    timestamp: found.timestamp,
    case_directory: found.caseDirectory,
    errors: found.errors.map(reportRecord),
    warnings: found.warnings.map(reportRecord),
    summary: {
      files_checked: found.filesChecked,
      entities_validated: found.entitiesValidated,
      error_count: found.errors.length,
      warning_count: found.warnings.length,
    },
  };
}
