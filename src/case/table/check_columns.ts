/** Checks of whole columns: that they are there, in the right layout, without gaps and in range. */
import type { ParquetTable } from "../../files/mod.ts";
import type { Dialect } from "../case.ts";
import type { Problems } from "../problem.ts";
import type { KeyArrays, TableReport } from "./report.ts";
import { type KeyColumn, nameIn, type Range, type TableSpec, type ValueColumn } from "./spec.ts";

/** Least and greatest value of each range; comparing with them refuses NaN and infinities too. */
const LIMITS: Readonly<Record<Range, { least: number; most: number; words: string }>> = {
  finite: { least: -Number.MAX_VALUE, most: Number.MAX_VALUE, words: "a finite number" },
  "non-negative": { least: 0, most: Number.MAX_VALUE, words: "a finite number of at least 0" },
  positive: { least: Number.MIN_VALUE, most: Number.MAX_VALUE, words: "a finite number above 0" },
  fraction: { least: 0, most: 1, words: "a number from 0 to 1" },
  "positive fraction": { least: Number.MIN_VALUE, most: 1, words: "a number above 0, at most 1" },
};

/**
 * Looks for columns of the other layout. A renamed one, or one that would change which rows are
 * meant, makes the file unusable; one that only adds values is ignored with a warning.
 */
export function checkLayout(
  spec: Pick<TableSpec, "file" | "keys" | "values" | "foreign">,
  raw: ParquetTable,
  dialect: Dialect,
  problems: Problems,
): boolean {
  const { file } = spec;
  const other: Dialect = dialect === "v0.5" ? "v0.18" : "v0.5";
  const own = new Set([...spec.keys, ...spec.values].map((column) => nameIn(column, dialect)));
  let usable = true;
  const refuse = (name: string, remedy: string): void => {
    usable = false;
    problems.error(
      2,
      "SchemaViolation",
      `${file} has the column ${name}, which the ${dialect} layout does not have`,
      {
        file,
        rule: "L1.dialect",
        field: name,
        expected: `columns of the ${dialect} layout`,
        actual: `the column ${name}`,
      },
      remedy,
    );
  };
  const check = (column: KeyColumn | ValueColumn, isKey: boolean): void => {
    const name = nameIn(column, other);
    if (name === null || own.has(name) || !raw.present(name)) return;
    const here = nameIn(column, dialect);
    if (here !== null) return refuse(name, `Rename the column to ${here}`);
    if (isKey) return refuse(name, `Remove the column, or write the case in the ${other} layout`);
    const detail = `the ${dialect} layout does not have this column`;
    problems.warning(
      2,
      "IgnoredInput",
      `The column ${name} of ${file} has no effect: ${detail}`,
      { file, rule: "L2.ignored_column", field: name, detail },
    );
  };
  for (const column of spec.keys) check(column, true);
  for (const column of spec.values) check(column, false);
  for (const { name, remedy } of spec.foreign ?? []) {
    if (raw.present(name)) refuse(name, remedy);
  }
  return usable;
}

/** Checks that required columns are there and hold no nulls; says whether rows can be looked at. */
export function checkPresence(
  spec: Pick<TableSpec, "file" | "keys" | "values">,
  raw: ParquetTable,
  dialect: Dialect,
  report: TableReport,
): boolean {
  for (const column of [...spec.keys, ...spec.values]) {
    const name = nameIn(column, dialect);
    if (name === null || column.whenNull !== undefined) continue;
    if (!raw.present(name)) {
      if (report.admit("L2.missing")) {
        report.column("SchemaViolation", "L2.missing", `${spec.file} lacks the column ${name}`, {
          field: name,
          expected: `a column ${name}`,
          actual: "missing",
        });
      }
      continue;
    }
    const nulls = raw.nulls[name];
    if (!nulls) continue;
    for (let row = nulls.indexOf(1); row >= 0; row = nulls.indexOf(1, row + 1)) {
      if (!report.admit("L2.missing")) continue;
      const message = `Row ${row} of ${spec.file} has no ${name}`;
      report.cell("SchemaViolation", "L2.missing", row, column.name, message, {
        expected: "a value",
        actual: "null",
      });
    }
  }
  return !report.failed;
}

/** Checks the ranges of integer columns, where null cells hold what stands for them. */
export function checkKeys(
  spec: Pick<TableSpec, "file" | "keys">,
  keys: KeyArrays,
  raw: ParquetTable,
  dialect: Dialect,
  report: TableReport,
): void {
  spec.keys.forEach((column, k) => {
    const name = nameIn(column, dialect);
    if (name === null || !raw.present(name)) return;
    const nulls = raw.nulls[name];
    const values = keys[k]!;
    // Unsigned numbers beyond the signed range arrive here as negative ones.
    const least = column.least?.value ?? (column.type === "u32" ? 0 : -Infinity);
    if (least === -Infinity) return;
    const rule = column.least?.rule ?? "L2.range";
    for (let row = 0; row < values.length; row++) {
      const value = values[row]!;
      if (value >= least || nulls?.[row] === 1 || !report.admit(rule)) continue;
      const found = column.type === "u32" ? value >>> 0 : value;
      const wanted = column.type === "u32" ? "at most 2147483647" : `at least ${least}`;
      const message = `${name} of row ${row} (${
        report.describe(row)
      }) is ${found}, expected ${wanted}`;
      report.cell("OutOfRange", rule, row, column.name, message, {
        value: found,
        min: least,
        max: 2_147_483_647,
      });
    }
  });
}

/** Checks the ranges of columns of reals; null cells have been checked before. */
export function checkValues(
  spec: Pick<TableSpec, "file" | "values">,
  values: readonly Float64Array[],
  raw: ParquetTable,
  dialect: Dialect,
  report: TableReport,
): void {
  spec.values.forEach((column, v) => {
    const name = nameIn(column, dialect);
    if (name === null || !raw.present(name)) return;
    const cells = values[v]!;
    const nulls = raw.nulls[name];
    const { least, most, words } = LIMITS[column.range];
    for (let row = 0; row < cells.length; row++) {
      const value = cells[row]!;
      if (value >= least && value <= most) continue;
      if (nulls?.[row] === 1 || !report.admit(column.rule)) continue;
      const message = `${name} of ${report.describe(row)} is ${value}, expected ${words}`;
      report.cell("OutOfRange", column.rule, row, column.name, message, {
        value: Number.isFinite(value) ? value : String(value),
        min: column.range === "finite" ? null : 0,
        max: column.range.endsWith("fraction") ? 1 : null,
      });
    }
  });
}
