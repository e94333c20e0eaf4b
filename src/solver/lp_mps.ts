/** A model as free-format MPS text, which every LP solver reads. */
import { misuse } from "./lp_checks.ts";
import type { LpData } from "./lp_types.ts";

/** Names for the file. Blanks become underscores, repeated names get their index appended. */
export interface LpNames {
  readonly model?: string;
  readonly columns?: readonly string[];
  readonly rows?: readonly string[];
}

const OBJECTIVE = "objective";

/**
 * Writes a model column by column. Numbers are in the shortest form that reads back to the same
 * value; only a row with two different finite bounds may move its lower bound by one rounding, for
 * MPS gives such a row as a bound and a width. The objective's offset is the negative right-hand
 * side of the objective row, as most readers take it. A row whose lower bound exceeds its upper one
 * is written as two rows, the second with `_upper` at the end of its name.
 */
export function formatMps(lp: LpData, names: LpNames = {}): string {
  const { matrix } = lp;
  if (matrix.orientation !== "columns") {
    throw misuse("formatMps", "the matrix is by rows, wanted by columns (see LpModel.data)");
  }
  const columnNames = uniqueNames(names.columns, lp.columnCosts.length, "c");
  const rowNames = uniqueNames(names.rows, lp.rowLower.length, "r");
  const rows = rowNames.map((name, r) => rowParts(name, lp.rowLower[r]!, lp.rowUpper[r]!));

  const out: string[] = [`NAME ${plain(names.model ?? "model")}`, "ROWS", ` N ${OBJECTIVE}`];
  for (const parts of rows) for (const part of parts) out.push(` ${part.sense} ${part.name}`);

  out.push("COLUMNS");
  columnNames.forEach((name, c) => {
    // A column that occurs nowhere else must still be declared.
    out.push(` ${name} ${OBJECTIVE} ${lp.columnCosts[c]}`);
    for (let k = matrix.starts[c]!; k < matrix.starts[c + 1]!; k++) {
      for (const part of rows[matrix.indices[k]!]!) {
        out.push(` ${name} ${part.name} ${matrix.values[k]}`);
      }
    }
  });

  out.push("RHS");
  if (lp.offset !== 0) out.push(` rhs ${OBJECTIVE} ${-lp.offset}`);
  for (const parts of rows) {
    for (const part of parts) if (part.rhs !== 0) out.push(` rhs ${part.name} ${part.rhs}`);
  }
  out.push("RANGES");
  for (const parts of rows) {
    for (const part of parts) if (part.range !== 0) out.push(` range ${part.name} ${part.range}`);
  }
  out.push("BOUNDS");
  columnNames.forEach((name, c) => {
    for (const bound of columnBounds(lp.columnLower[c]!, lp.columnUpper[c]!)) {
      const [kind, ...value] = bound.split(" ");
      out.push([` ${kind} bound ${name}`, ...value].join(" "));
    }
  });
  out.push("ENDATA", "");
  return out.join("\n");
}

interface RowPart {
  readonly name: string;
  readonly sense: "N" | "E" | "L" | "G";
  readonly rhs: number;
  readonly range: number;
}

function rowParts(name: string, lower: number, upper: number): readonly RowPart[] {
  const hasLower = lower !== -Infinity;
  const hasUpper = upper !== Infinity;
  if (!hasLower && !hasUpper) return [{ name, sense: "N", rhs: 0, range: 0 }];
  if (!hasLower) return [{ name, sense: "L", rhs: upper, range: 0 }];
  if (!hasUpper) return [{ name, sense: "G", rhs: lower, range: 0 }];
  if (lower === upper) return [{ name, sense: "E", rhs: lower, range: 0 }];
  if (lower < upper) return [{ name, sense: "L", rhs: upper, range: upper - lower }];
  return [
    { name, sense: "G", rhs: lower, range: 0 },
    { name: `${name}_upper`, sense: "L", rhs: upper, range: 0 },
  ];
}

/** Bounds that differ from the default of [0, ∞). Both are named, for defaults vary by reader. */
function columnBounds(lower: number, upper: number): readonly string[] {
  if (lower === -Infinity && upper === Infinity) return ["FR"];
  if (lower === upper) return [`FX ${lower}`];
  const bounds: string[] = [];
  if (lower === -Infinity) bounds.push("MI");
  else if (lower !== 0 || upper !== Infinity) bounds.push(`LO ${lower}`);
  if (upper !== Infinity) bounds.push(`UP ${upper}`);
  return bounds;
}

function plain(name: string): string {
  const text = name.trim().replaceAll(/\s+/g, "_");
  return text === "" ? "_" : text;
}

/** Also keeps `<name>_upper` free, which the second half of a crossed row takes. */
function uniqueNames(
  given: readonly string[] | undefined,
  count: number,
  prefix: string,
): string[] {
  if (given !== undefined && given.length !== count) {
    throw misuse("formatMps", `${given.length} names were given, wanted ${count}`);
  }
  const seen = new Set<string>([OBJECTIVE]);
  return Array.from({ length: count }, (_, i) => {
    let name = given === undefined ? `${prefix}${i}` : plain(given[i]!);
    while (seen.has(name) || seen.has(`${name}_upper`)) name = `${name}_${i}`;
    seen.add(name).add(`${name}_upper`);
    return name;
  });
}
