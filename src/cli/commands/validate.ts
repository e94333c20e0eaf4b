/** `cobre validate CASE_DIR` */
import { envelope } from "../../protocol/mod.ts";
import { writeValidationReport } from "../../study/mod.ts";
import type { Answer, CommandEnvironment } from "../command.ts";
import { renderValidation } from "../render/validation.ts";
import { validateLogged } from "../validation_log.ts";

/** Validates the case and leaves the report in it. */
export async function run(
  { log }: CommandEnvironment,
  _flags: object,
  directory: string,
): Promise<Answer> {
  const outcome = await validateLogged(directory, log);
  const report = await writeValidationReport(outcome);
  if (report === null) log.write("info", "no report was written");
  else log.write("info", "wrote the report", { file: report });
  const counts = {
    files_checked: outcome.filesChecked,
    entities_validated: outcome.entitiesValidated,
  };
  return {
    envelope: envelope({
      command: "validate",
      data: outcome.valid
        ? {
          case_directory: outcome.directory,
          timestamp: outcome.timestamp,
          layers_completed: outcome.layersCompleted,
          ...counts,
        }
        : null,
      summary: {
        ...counts,
        error_count: outcome.errors.length,
        warning_count: outcome.warnings.length,
      },
      errors: outcome.errors,
      warnings: outcome.warnings,
    }),
    text: (page) => renderValidation(outcome, page),
  };
}
