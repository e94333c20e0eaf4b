/** Tables of text. */
import { type Page, wrap } from "../page.ts";

/** A column of a table. */
export interface Column<Row> {
  readonly head: string;
  readonly align: "left" | "right";
  text(row: Row): string;
}

const GAP = 2;
const LEAST_LAST = 12;

/** Lines with a head, indented by two; the last column is broken at spaces to fit the page. */
export function table<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  page: Page,
): string {
  const cells = rows.map((row) => columns.map(({ text }) => text(row)));
  const widths = columns.map(({ head }, at) =>
    cells.reduce((most, row) => Math.max(most, row[at]!.length), head.length)
  );
  const before = widths.slice(0, -1).reduce((sum, width) => sum + width + GAP, GAP);
  const room = Math.max(LEAST_LAST, page.width - before);
  const line = (texts: readonly string[]): string => {
    const padded = texts.map((text, at) => {
      if (at === texts.length - 1 && columns[at]!.align === "left") {
        return wrap(text, room, "").replaceAll("\n", `\n${" ".repeat(before)}`);
      }
      return columns[at]!.align === "left" ? text.padEnd(widths[at]!) : text.padStart(widths[at]!);
    });
    return `${" ".repeat(GAP)}${padded.join(" ".repeat(GAP))}`.trimEnd();
  };
  const head = page.paint("strong", line(columns.map(({ head }) => head)));
  return [head, ...cells.map(line)].map((text) => `${text}\n`).join("");
}
