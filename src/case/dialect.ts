/** Tells the layout of a case by what its files say. */
import type { JsonDocument } from "../files/mod.ts";
import type { Dialect } from "./case.ts";
import type { Path } from "./json/issues.ts";
import { pathText } from "./json/report.ts";
import type { Problems } from "./problem.ts";

/** A field that only one layout has. `*` in a path stands for every item of a list. */
interface Tell {
  readonly file: string;
  readonly path: readonly string[];
  readonly dialect: Dialect;
}

const ENTITY_LISTS: readonly [file: string, list: string][] = [
  ["system/buses.json", "buses"],
  ["system/lines.json", "lines"],
  ["system/hydros.json", "hydros"],
  ["system/thermals.json", "thermals"],
  ["system/non_controllable_sources.json", "non_controllable_sources"],
  ["system/pumping_stations.json", "pumping_stations"],
  ["system/energy_contracts.json", "contracts"],
];

const TELLS: readonly Tell[] = [
  { file: "config.json", path: ["training", "selection"], dialect: "v0.18" },
  { file: "config.json", path: ["simulation", "selection"], dialect: "v0.18" },
  { file: "config.json", path: ["training", "forward_passes"], dialect: "v0.5" },
  { file: "config.json", path: ["simulation", "num_scenarios"], dialect: "v0.5" },
  { file: "stages.json", path: ["stages", "*", "num_openings"], dialect: "v0.18" },
  { file: "stages.json", path: ["stages", "*", "num_scenarios"], dialect: "v0.5" },
  { file: "penalties.json", path: ["hydro", "turbined_cost"], dialect: "v0.18" },
  { file: "penalties.json", path: ["hydro", "fpha_turbined_cost"], dialect: "v0.5" },
  { file: "initial_conditions.json", path: ["past_inflows"], dialect: "v0.5" },
  { file: "system/hydros.json", path: ["hydros", "*", "unit_groups"], dialect: "v0.18" },
  { file: "system/hydros.json", path: ["hydros", "*", "bus_id"], dialect: "v0.5" },
  { file: "system/thermals.json", path: ["thermals", "*", "gnl_config"], dialect: "v0.5" },
  ...ENTITY_LISTS.map(([file, list]): Tell => ({
    file,
    path: [list, "*", "operational_start_date"],
    dialect: "v0.18",
  })),
];

/**
 * The layout of a case; v0.5 where nothing tells. When files disagree, an error names a file and a
 * field of either side, and the answer is null.
 */
export function tellDialect(
  documents: ReadonlyMap<string, JsonDocument>,
  problems: Problems,
): Dialect | null {
  const found = new Map<Dialect, { readonly file: string; readonly path: Path }>();
  for (const { file, path, dialect } of TELLS) {
    if (found.has(dialect)) continue;
    const place = find(documents.get(file)?.value, path);
    if (place !== null) found.set(dialect, { file, path: place });
  }
  const older = found.get("v0.5");
  const newer = found.get("v0.18");
  if (older === undefined || newer === undefined) return newer === undefined ? "v0.5" : "v0.18";
  const { line, column } = documents.get(newer.file)!.locate(newer.path);
  problems.error(
    1,
    "SchemaViolation",
    `The case mixes two layouts: ${older.file} has ${pathText(older.path)} of the v0.5 layout, ` +
      `${newer.file} has ${pathText(newer.path)} of the v0.18 layout`,
    {
      file: newer.file,
      rule: "L1.dialect",
      field: pathText(newer.path),
      expected: "files of one layout",
      actual: `${pathText(older.path)} in ${older.file}`,
      line,
      column,
    },
    "Write all files in one layout; most fields have a name of their own in each",
  );
  return null;
}

/** The first place that a path of a tell leads to; null where there is none. */
function find(value: unknown, path: readonly string[]): Path | null {
  const [step, ...rest] = path;
  if (step === undefined) return [];
  if (typeof value !== "object" || value === null) return null;
  if (step !== "*") {
    if (!Object.hasOwn(value, step)) return null;
    const below = find((value as Record<string, unknown>)[step], rest);
    return below && [step, ...below];
  }
  if (!Array.isArray(value)) return null;
  for (let index = 0; index < value.length; index++) {
    const below = find(value[index], rest);
    if (below !== null) return [index, ...below];
  }
  return null;
}
