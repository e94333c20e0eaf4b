/** How the outcome of validation reads. */
import { counted } from "../../protocol/mod.ts";
import type { ValidationOutcome } from "../../study/mod.ts";
import type { Page } from "../page.ts";
import { entityCounts, entityLines, horizonLine, studyLine } from "./case_summary.ts";

/** The summary on stdout; the problems themselves are printed on stderr. */
export function renderValidation(outcome: ValidationOutcome, page: Page): string {
  const { errors, warnings, directory } = outcome;
  const verdict = `Validation: ${counted(errors.length, "error")}, ${
    counted(warnings.length, "warning")
  } in ${directory}`;
  if (!outcome.valid || outcome.case === null) {
    return `${page.paint("strong", verdict)}\n`;
  }
  const { system } = outcome.case;
  const lines = [
    ...entityLines(system),
    horizonLine(system),
    studyLine(outcome.case),
    `layout ${outcome.dialect}, ${counted(outcome.filesChecked, "file")} checked`,
  ];
  const head = `Valid case: ${entityCounts(system)}`;
  return `${page.paint("good", head)}\n${lines.map((line) => `  ${line}\n`).join("")}` +
    (warnings.length > 0 ? `${page.paint("strong", verdict)}\n` : "");
}
