import assert from "node:assert/strict";
import { caseContent } from "../../scripts/make_case/layout.ts";
import { sideBySide } from "../../scripts/make_case/side_by_side.ts";
import { SIZES } from "../../scripts/make_case/size.ts";
import { makeStudy } from "../../scripts/make_case/study.ts";
import { writeCaseContent } from "../../scripts/make_case/write_case.ts";
import { validateCase } from "../../src/study/mod.ts";
import {
  type CaseFiles,
  type Json,
  parquet,
  type ParquetFile,
  withCase,
} from "../support/case_files.ts";
import { smallCase } from "../support/small_case.ts";
import { smallCaseV18 } from "../support/small_case_v18.ts";
import { assertSound } from "./outcome.ts";
import { underStress } from "./runs.ts";

/** Inputs at the limits must take no longer than this, on a slow machine that does other things. */
const MOST_MS = 15_000;
const MOST_MIB = 1500;
const I32 = 2_147_483_647;
const U32 = 4_294_967_295;

interface Extreme {
  readonly name: string;
  /** Changes a good case; the older layout unless `newer`. */
  readonly newer?: boolean;
  change(files: CaseFiles): void;
  /** Rules that must be named among the errors; none for a case that is valid. */
  readonly rules: readonly string[];
}

function many<T>(count: number, make: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

function rename(
  files: CaseFiles,
  path: string,
  change: (id: number) => number,
  names: string[],
): void {
  const document = files[path] as Json;
  const visit = (value: Json): void => {
    if (typeof value !== "object" || value === null) return;
    for (const key of Object.keys(value)) {
      if (names.includes(key) && typeof value[key] === "number") value[key] = change(value[key]);
      else visit(value[key]);
    }
  };
  visit(document);
}

/** Gives the hydros of a case other ids everywhere. */
function moveHydros(files: CaseFiles, change: (id: number) => number): void {
  const fields = ["hydro_id", "downstream_id", "source_hydro_id", "destination_hydro_id"];
  for (const [path, content] of Object.entries(files)) {
    if (path.endsWith(".parquet")) {
      const table = content as ParquetFile;
      if ("hydro_id" in table.columns) {
        files[path] = table.map((row) => [{ ...row, hydro_id: change(row["hydro_id"]!) }]);
      }
    } else rename(files, path, change, path === "system/hydros.json" ? [...fields, "id"] : fields);
  }
  for (
    const group of (files["scenarios/correlation.json"] as Json).profiles.default.correlation_groups
  ) {
    for (const entity of group.entities) entity.id = change(entity.id);
  }
}

const EXTREMES: readonly Extreme[] = [
  {
    name: "ids at the ends of their range",
    change: (files) => moveHydros(files, (id) => [-I32 - 1, 0, I32][id]!),
    rules: [],
  },
  {
    name: "an id beyond its range",
    change: (files) => (files["system/buses.json"] as Json).buses[0].id = I32 + 1,
    rules: ["L2.range"],
  },
  {
    name: "settings at the ends of their range",
    change: (files) => {
      const config = files["config.json"] as Json;
      config.training.forward_passes = U32;
      config.training.tree_seed = -I32;
      config.training.stopping_rules[0].limit = U32;
      config.simulation.num_scenarios = U32;
      for (const stage of (files["stages.json"] as Json).stages) stage.num_scenarios = U32;
    },
    rules: [],
  },
  {
    name: "a production function of billions of points and planes",
    change: (files) => {
      const [{ stage_ranges: [range] }] = (files["system/hydro_production_models.json"] as Json)
        .production_models;
      range.fpha_config = {
        source: "computed",
        volume_discretization_points: I32,
        turbine_discretization_points: I32,
        spillage_discretization_points: I32,
        max_planes_per_hydro: I32,
      };
    },
    rules: [],
  },
  {
    name: "a study from the first year to the last",
    change: (files) => {
      const { stages } = files["stages.json"] as Json;
      stages[0].start_date = "0001-01-01";
      stages.at(-1).end_date = "9999-12-31";
    },
    rules: ["S29"],
  },
  {
    name: "a hundred thousand stages",
    change: (files) => {
      const document = files["stages.json"] as Json;
      document.stages = many(100_000, (id) => ({ ...document.stages[id % 12], id }));
    },
    rules: ["D1", "D2"],
  },
  {
    name: "a hundred thousand transitions",
    change: (files) => {
      (files["stages.json"] as Json).policy_graph.transitions = many(100_000, (at) => ({
        source_id: at % 11,
        target_id: at % 11 + 1,
        probability: 1e-5,
      }));
    },
    rules: ["S2"],
  },
  {
    name: "ten thousand blocks in a stage",
    change: (files) => {
      (files["stages.json"] as Json).stages[3].blocks = many(10_000, (id) => ({
        id,
        name: `BLOCK ${id}`,
        hours: 0.072,
      }));
    },
    rules: [],
  },
  {
    name: "a river of fifty thousand plants that flows into itself",
    change: (files) => {
      const document = files["system/hydros.json"] as Json;
      document.hydros = many(50_000, (id) => ({
        ...document.hydros[2],
        id,
        name: `PLANT ${id}`,
        downstream_id: (id + 1) % 50_000,
      }));
    },
    rules: ["H1"],
  },
  {
    name: "a hundred thousand elements with one id",
    change: (files) => {
      const document = files["system/thermals.json"] as Json;
      document.thermals = many(100_000, () => document.thermals[0]);
    },
    rules: ["E1"],
  },
  {
    name: "a hundred thousand unknown keys",
    change: (files) => {
      const keys = many(100_000, (at) => [`key_${at}`, at]);
      Object.assign((files["system/thermals.json"] as Json).thermals[0], Object.fromEntries(keys));
      Object.assign(files["config.json"] as Json, Object.fromEntries(keys));
    },
    rules: [],
  },
  {
    name: "a hundred thousand unknown keys where none may be",
    newer: true,
    change: (files) => {
      const keys = many(100_000, (at) => [`key_${at}`, at]);
      Object.assign((files["system/thermals.json"] as Json).thermals[0], Object.fromEntries(keys));
    },
    rules: ["L2.unknown_key"],
  },
  {
    name: "names of ten million characters",
    change: (files) => {
      const { buses } = files["system/buses.json"] as Json;
      buses[0].name = "é".repeat(1e7);
      buses[1].name = buses[0].name;
      buses[1].deficit_segments = [];
    },
    rules: ["E2"],
  },
  {
    name: "a hundred thousand wrong rows",
    change: (files) => {
      files["constraints/thermal_bounds.parquet"] = parquet(
        ["thermal_id", "stage_id"],
        ["min_generation_mw", "max_generation_mw", "cost_per_mwh"],
        many(100_000, (row) => ({ thermal_id: row, stage_id: -row, cost_per_mwh: -1 })),
      );
    },
    rules: ["B1"],
  },
  {
    name: "a hundred thousand rows about nothing",
    change: (files) => {
      files["constraints/thermal_bounds.parquet"] = parquet(
        ["thermal_id", "stage_id"],
        ["max_generation_mw"],
        many(
          100_000,
          (row) => ({ thermal_id: 10 + row, stage_id: 10 + row, max_generation_mw: 1 }),
        ),
      );
    },
    rules: ["R25"],
  },
  {
    name: "an expression of a hundred thousand terms",
    change: (files) => {
      const [constraint] = (files["constraints/generic_constraints.json"] as Json).constraints;
      constraint.expression = many(100_000, (at) => `${at} * thermal_generation(${at % 2})`).join(
        " + ",
      );
    },
    rules: [],
  },
  {
    name: "parentheses in parentheses",
    newer: true,
    change: (files) => {
      const [constraint] = (files["constraints/generic_constraints.json"] as Json).constraints;
      constraint.expression = `${"(".repeat(1e5)}thermal_generation(0)${")".repeat(1e5)}`;
    },
    rules: ["B4"],
  },
  {
    name: "expressions that double at every step",
    newer: true,
    change: (files) => {
      const document = files["constraints/generic_constraints.json"] as Json;
      document.expressions = many(200, (at) => ({
        name: `e${at}`,
        expression: at === 0
          ? "thermal_generation(0) + hydro_turbined(0)"
          : `@e${at - 1} * 2 + @e${at - 1} * @gas`,
      }));
      document.constraints[0].expression = "@e199";
      files["constraints/generic_parameters.json"] = {
        scalar_parameters: [{ id: 0, name: "gas", kind: "constant", value: 1 }],
      };
    },
    rules: ["B4"],
  },
  {
    name: "a long chain of expressions in which each comes back to the first",
    newer: true,
    change: (files) => {
      const document = files["constraints/generic_constraints.json"] as Json;
      document.expressions = many(20_000, (at) => ({
        name: `e${at}`,
        expression: `@e${Math.min(at + 1, 19_999)} + @e0`,
      }));
    },
    rules: ["B4.cycle"],
  },
  {
    name: "a hundred thousand constraints about nothing",
    change: (files) => {
      const document = files["constraints/generic_constraints.json"] as Json;
      const [constraint] = document.constraints;
      document.constraints = many(100_000, (id) => ({
        ...constraint,
        id,
        expression: "thermal_generation(99)",
      }));
    },
    rules: ["R36"],
  },
  {
    name: "a schedule of a hundred thousand stages that do not exist",
    change: (files) => {
      (files["scenarios/correlation.json"] as Json).schedule = many(100_000, (at) => ({
        stage_id: 12 + at,
        profile_name: "default",
      }));
    },
    rules: [],
  },
  {
    name: "a correlation matrix of a thousand rows",
    change: (files) => {
      const [group] =
        (files["scenarios/correlation.json"] as Json).profiles.default.correlation_groups;
      group.entities = many(1000, (id) => ({ type: "inflow", id }));
      group.matrix = many(1000, (i) => many(1000, (j) => i === j ? 1 : 0.5));
    },
    rules: ["R21"],
  },
  {
    name: "a curve of a hundred thousand points",
    change: (files) => {
      const { hydros } = files["system/hydros.json"] as Json;
      hydros[1].tailrace = {
        type: "piecewise",
        points: many(100_000, (at) => ({ outflow_m3s: at, height_m: 300 + at / 1e6 })),
      };
    },
    rules: [],
  },
];

for (const { name, newer, change, rules } of EXTREMES) {
  Deno.test(`an extreme case is answered in time: ${name}`, async () => {
    const files = newer ? smallCaseV18() : smallCase();
    change(files);
    await withCase(files, (directory) => assertAnswer(directory, rules));
  });
}

const entities = underStress() ? 1e6 : 5e4;
Deno.test(`an extreme case is answered in time: ${entities} elements`, async () => {
  const directory = await Deno.makeTempDir({ prefix: "cobre_bad_input_" });
  try {
    const size = { ...SIZES.S, plants: 4, thermals: 12, buses: 3, stages: 12, order: 1 };
    const study = sideBySide(makeStudy(size, 1), Math.round(entities / 22));
    await writeCaseContent(directory, caseContent(study, "v18"));
    await assertAnswer(directory, [], underStress() ? 20 : 1);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
});

async function assertAnswer(
  directory: string,
  rules: readonly string[],
  patience = 1,
): Promise<void> {
  const before = Deno.memoryUsage().rss;
  const start = performance.now();
  const { errors, warnings, valid } = await validateCase(directory);
  const elapsed = performance.now() - start;
  const mib = (Deno.memoryUsage().rss - before) / 2 ** 20;
  assert.ok(elapsed < MOST_MS * patience, `it took ${Math.round(elapsed)} ms`);
  assert.ok(mib < MOST_MIB * patience, `it took ${Math.round(mib)} MiB`);
  for (const record of [...errors, ...warnings]) assertSound(record, directory);
  const named = new Set(errors.map((record) => record.context["rule"]));
  for (const rule of rules) assert.ok(named.has(rule), `${[...named]} lack ${rule}`);
  assert.equal(valid, rules.length === 0, errors[0]?.message);
}
