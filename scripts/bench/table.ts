/** Tables for people: what a benchmark prints. */
import type { Summary } from "./measure.ts";

/** Rows of text as aligned columns; a column whose cells are numbers is aligned to the right. */
export function formatTable(
  header: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const widths = header.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]!.length))
  );
  const numeric = header.map((_, column) => rows.every((row) => /^[-\d.,]+$/.test(row[column]!)));
  const line = (cells: readonly string[]): string =>
    cells.map((cell, column) =>
      numeric[column] ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!)
    ).join("  ").trimEnd();
  return [header, widths.map((width) => "-".repeat(width)), ...rows].map(line).join("\n");
}

/** Summaries as a table; the ratio compares median clock times with the first row. */
export function formatSummaries(summaries: readonly Summary[]): string {
  const first = summaries[0]?.wall_s.median ?? 0;
  const header = [
    "variant",
    "runs",
    "wall min s",
    "median s",
    "max s",
    "ratio",
    "cpu s",
    "peak MiB",
  ];
  return formatTable(
    header,
    summaries.map(({ label, runs, wall_s, cpu_s, peak_rss_mib }) => [
      label,
      String(runs),
      wall_s.min.toFixed(3),
      wall_s.median.toFixed(3),
      wall_s.max.toFixed(3),
      (wall_s.median / first).toFixed(2),
      cpu_s.median.toFixed(2),
      peak_rss_mib.max.toFixed(1),
    ]),
  );
}
