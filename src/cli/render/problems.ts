/** Errors and warnings for people: where, what, and where to look. */
import type { ErrorRecord } from "../../protocol/mod.ts";
import type { Page } from "../page.ts";

/** Equal problems that are printed before the rest of them is only counted. */
const SHOWN = { error: 10, warning: 3 } as const;

/** The lines of a list of errors or warnings; problems of one rule in one file are held together. */
export function renderProblems(
  severity: "error" | "warning",
  records: readonly ErrorRecord[],
  page: Page,
): string {
  const groups = new Map<string, ErrorRecord[]>();
  for (const record of records) {
    const key = `${record.kind} ${textOf(record, "file")} ${textOf(record, "rule")}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [record]);
    else group.push(record);
  }
  return [...groups.values()].map((group) => renderGroup(severity, group, page)).join("");
}

function renderGroup(
  severity: "error" | "warning",
  records: readonly ErrorRecord[],
  page: Page,
): string {
  const label = page.paint(severity, `${severity}:`);
  const shown = records.slice(0, SHOWN[severity]);
  const lines = shown.map((record, at) => {
    // What is suggested for several in a row is said once, after the last of them.
    const said = record.suggestion === shown[at + 1]?.suggestion;
    const hint = said ? "" : hintLine(record.suggestion, page);
    return `${label} ${placeOf(record)}${messageOf(record)}\n${hint}`;
  });
  const more = records.length - SHOWN[severity];
  if (more > 0) {
    const rule = textOf(records[0]!, "rule");
    lines.push(`${label} and ${more} more like this${rule === null ? "" : ` (rule ${rule})`}\n`);
  }
  return lines.join("");
}

function hintLine(suggestion: string | null, page: Page): string {
  return suggestion === null ? "" : `  ${page.paint("hint", `-> ${suggestion}`)}\n`;
}

/** `FILE:LINE:COL (ENTITY): `, as far as it is known; nothing for a problem without a file. */
function placeOf(record: ErrorRecord): string {
  const file = textOf(record, "file");
  if (file === null) return "";
  const { line, column, row, entity_id: entity } = record.context;
  let place = file;
  if (typeof line === "number") {
    place += `:${line}`;
    if (typeof column === "number") place += `:${column}`;
  } else if (typeof row === "number") place += ` row ${row}`;
  if (typeof entity === "number" || typeof entity === "string") place += ` (${entity})`;
  return `${place}: `;
}

/** The message without the file that it may begin with: the place has said it already. */
function messageOf({ message, context: { file } }: ErrorRecord): string {
  return typeof file === "string" && message.startsWith(`${file}: `)
    ? message.slice(file.length + 2)
    : message;
}

function textOf(record: ErrorRecord, field: string): string | null {
  const value = record.context[field];
  return typeof value === "string" ? value : null;
}
