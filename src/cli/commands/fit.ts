/** `cobre fit CASE_DIR` */
import { envelope } from "../../protocol/mod.ts";
import { fitCase } from "../../study/mod.ts";
import type { Answer, CommandEnvironment } from "../command.ts";
import { renderInflowFit } from "../render/inflow_fit.ts";
import { renderValidation } from "../render/validation.ts";
import { validateLogged } from "../validation_log.ts";

interface Flags {
  readonly hydro?: readonly number[] | undefined;
  readonly season?: readonly number[] | undefined;
}

/** Validates the case, prepares its inflow models and tells about them. */
export async function run(
  { log }: CommandEnvironment,
  { hydro: hydroIds = [], season: seasonIds = [] }: Flags,
  directory: string,
): Promise<Answer> {
  const outcome = await validateLogged(directory, log);
  const { case: read, errors, warnings } = outcome;
  if (!outcome.valid || read === null) {
    return {
      envelope: envelope({ command: "fit", errors, warnings }),
      text: (page) => renderValidation(outcome, page),
    };
  }
  const start = performance.now();
  const fit = await fitCase(read, { hydroIds, seasonIds });
  log.write("info", "prepared inflow models", {
    hydros: fit.data.hydros.length,
    elapsed_ms: Math.round(performance.now() - start),
  });
  return {
    envelope: envelope({
      command: "fit",
      data: fit.data,
      warnings: [...warnings, ...fit.warnings],
    }),
    text: (page) => renderInflowFit(fit.data, hydroIds.length > 0, page),
  };
}
