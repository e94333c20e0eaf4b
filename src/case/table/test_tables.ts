/** Small tables for tests, written as Parquet files and read back as a case. */
import { type OutputColumn, writeParquetTable } from "../../files/mod.ts";
import { parseIsoDate } from "../../numeric/mod.ts";
import type { Horizon, SeasonCycle, Stage } from "../../model/mod.ts";
import type { Dialect } from "../case.ts";
import { type Problem, Problems } from "../problem.ts";
import { type CaseTables, readTables, type TableContext } from "./read_tables.ts";

/** Columns of a small table; dates as ISO text, null for a null cell. */
export type Cells = Readonly<Record<string, readonly (number | string | null)[]>>;

/** What reading gave. */
export interface Reading {
  readonly tables: CaseTables;
  readonly problems: readonly Problem[];
}

/** Writes tables into a case of their own and reads it. */
export async function readCells(
  dialect: Dialect,
  files: Readonly<Record<string, Cells | readonly OutputColumn[]>>,
  context: Partial<TableContext> = {},
): Promise<Reading> {
  const directory = await Deno.makeTempDir();
  try {
    for (const [file, cells] of Object.entries(files)) {
      await Deno.mkdir(`${directory}/${file.slice(0, file.lastIndexOf("/"))}`, {
        recursive: true,
      });
      const columns = Array.isArray(cells)
        ? cells as readonly OutputColumn[]
        : Object.entries(cells as Cells).map(([name, values]) => columnOf(name, values));
      await writeParquetTable(`${directory}/${file}`, columns);
    }
    const problems = new Problems();
    const tables = await readTables(
      directory,
      new Set(Object.keys(files)),
      { dialect, senses: new Map(), horizon: null, ...context },
      problems,
    );
    return { tables, problems: problems.all };
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}

/** A horizon of monthly stages from January 2030 with the given seasons. */
export function monthlyHorizon(
  seasonIds: readonly (number | null)[],
  seasons: SeasonCycle | null = null,
): Horizon {
  const stages = seasonIds.map((seasonId, id): Stage => ({
    id,
    startDay: 21_915 + 30 * id,
    endDay: 21_915 + 30 * (id + 1),
    seasonId,
    blocks: [{ id: 0, name: "ALL", hours: 720 }],
    blockMode: "parallel",
    stateStorage: true,
    stateInflowLags: true,
    risk: { type: "expectation" },
    openings: 1,
    sampling: "saa",
    annualDiscountRate: 0,
  }));
  return {
    type: "finite_horizon",
    annualDiscountRate: 0,
    transitions: [],
    stages,
    preStudyStages: [],
    seasons,
  };
}

function columnOf(name: string, cells: readonly (number | string | null)[]): OutputColumn {
  const nulls = cells.includes(null)
    ? Uint8Array.from(cells, (cell) => cell === null ? 1 : 0)
    : null;
  const numbers = cells.map((cell) => typeof cell === "string" ? parseIsoDate(cell)! : cell ?? 0);
  if (name === "date" || name.endsWith("_date")) {
    return { name, type: "date", values: Int32Array.from(numbers), nulls };
  }
  if (name.endsWith("_index")) {
    return { name, type: "u32", values: Uint32Array.from(numbers), nulls };
  }
  if (name.endsWith("_id") || name === "lag") {
    return { name, type: "i32", values: Int32Array.from(numbers), nulls };
  }
  return { name, type: "f64", values: Float64Array.from(numbers), nulls };
}
