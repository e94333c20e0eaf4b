/** Faults of a table: what people and programs get wrong in columns, rows and cells. */
import fc from "fast-check";
import { encodeParquetTable, type OutputColumn } from "../../src/files/mod.ts";
import type { ParquetColumn, ParquetFile } from "../support/case_files.ts";
import { Fault } from "./fault.ts";

/** A fault of a table; what comes of it is a file. */
export type TableFault = Fault<ParquetFile, Promise<Uint8Array>>;

type Cell = number | null;
/** A column of any type that a file can have. */
export interface AnyColumn {
  readonly name: string;
  readonly type: OutputColumn["type"];
  readonly values: readonly Cell[];
}

const pick = fc.nat({ max: 1_000_000 });

const CELLS: readonly Cell[] = [
  null,
  NaN,
  Infinity,
  -Infinity,
  1e308,
  -1e308,
  5e-324,
  -0,
  0,
  -1,
  1,
  2 ** 31 - 1,
  -(2 ** 31),
  2 ** 30,
];

const TYPES = ["i8", "i32", "u32", "i64", "f64", "bool", "utf8", "date", "timestamp"] as const;

/** Any fault; the naturals choose columns and rows among those of the table. */
export const tableFaults: fc.Arbitrary<TableFault> = fc.oneof(
  { arbitrary: fc.tuple(pick, pick, fc.constantFrom(...CELLS)).map(oneCell), weight: 4 },
  { arbitrary: fc.tuple(pick, fc.constantFrom(...CELLS)).map(wholeColumn), weight: 2 },
  { arbitrary: fc.tuple(pick, fc.constantFrom(...TYPES)).map(otherType), weight: 2 },
  { arbitrary: pick.map(withoutColumn), weight: 1 },
  {
    arbitrary: fc.tuple(pick, fc.constantFrom("", "x", "__proto__", "id", "stage_id")).map(renamed),
    weight: 1,
  },
  { arbitrary: fc.tuple(pick, pick).map(swappedNames), weight: 1 },
  { arbitrary: pick.map(withoutRow), weight: 1 },
  { arbitrary: pick.map(rowTwice), weight: 1 },
  {
    arbitrary: fc.constant(
      edit("no rows", (columns) => columns.map((c) => ({ ...c, values: [] }))),
    ),
    weight: 1,
  },
  { arbitrary: fc.constant(edit("no columns", () => [])), weight: 1 },
);

function oneCell([column, row, value]: [number, number, Cell]): TableFault {
  return edit(
    `cell (${column}, ${row}) is ${value}`,
    (columns) => change(columns, column, (values) => values.with(row % values.length, value)),
  );
}

function wholeColumn([column, value]: [number, Cell]): TableFault {
  return edit(
    `column ${column} is ${value}`,
    (columns) => change(columns, column, (values) => values.map(() => value)),
  );
}

function otherType([column, type]: [number, AnyColumn["type"]]): TableFault {
  return edit(
    `column ${column} has type ${type}`,
    (columns) =>
      columns.map((other, at) => at === column % columns.length ? { ...other, type } : other),
  );
}

function withoutColumn(column: number): TableFault {
  return edit(`no column ${column}`, (columns) => columns.toSpliced(column % columns.length, 1));
}

function renamed([column, name]: [number, string]): TableFault {
  return edit(`column ${column} is called ${name}`, (columns) => {
    if (columns.some((other) => other.name === name)) return columns;
    return columns.map((other, at) => at === column % columns.length ? { ...other, name } : other);
  });
}

function swappedNames([one, other]: [number, number]): TableFault {
  return edit(`columns ${one} and ${other} have each other's names`, (columns) => {
    const [a, b] = [one % columns.length, other % columns.length];
    return columns.map((column, at) =>
      at === a
        ? { ...column, name: columns[b]!.name }
        : at === b
        ? { ...column, name: columns[a]!.name }
        : column
    );
  });
}

function withoutRow(row: number): TableFault {
  return edit(`no row ${row}`, (columns) =>
    columns.map((column) => ({
      ...column,
      values: column.values.toSpliced(row % column.values.length, 1),
    })));
}

function rowTwice(row: number): TableFault {
  return edit(`row ${row} twice`, (columns) =>
    columns.map((column) => ({
      ...column,
      values: [...column.values, column.values[row % column.values.length]!],
    })));
}

function change(
  columns: readonly AnyColumn[],
  at: number,
  values: (values: readonly Cell[]) => readonly Cell[],
): AnyColumn[] {
  return columns.map((column, index) =>
    index === at % columns.length ? { ...column, values: values(column.values) } : column
  );
}

function edit(
  name: string,
  apply: (columns: readonly AnyColumn[]) => readonly AnyColumn[],
): TableFault {
  return new Fault(name, (table) => {
    const entries = Object.entries(table.columns) as [string, ParquetColumn][];
    return encodeParquetTable(apply(entries.map(([name, c]) => ({ name, ...c }))).map(toOutput));
  });
}

/** What a type cannot hold becomes what its arrays make of it. */
export function toOutput({ name, type, values }: AnyColumn): OutputColumn {
  const isNull = Uint8Array.from(values, (value) => value === null ? 1 : 0);
  const nulls = isNull.includes(1) ? { nulls: isNull } : {};
  const numbers = values.map((value) => value ?? 0);
  switch (type) {
    case "f64":
      return { name, type, values: Float64Array.from(numbers), ...nulls };
    case "i8":
      return { name, type, values: Int8Array.from(numbers), ...nulls };
    case "u32":
      return { name, type, values: Uint32Array.from(numbers), ...nulls };
    case "bool":
      return { name, type, values: Uint8Array.from(numbers), ...nulls };
    case "utf8":
      return { name, type, values: numbers.map(String), ...nulls };
    case "i64":
    case "timestamp":
      return {
        name,
        type,
        values: Float64Array.from(numbers, (x) => Math.trunc(x) % 2 ** 52 || 0),
        ...nulls,
      };
    case "i32":
    case "date":
      return { name, type, values: Int32Array.from(numbers), ...nulls };
  }
}
