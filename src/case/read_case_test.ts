import assert from "node:assert/strict";
import { dirname } from "node:path";
import type { CaseReading } from "./case.ts";
import { readCase } from "./read_case.ts";

const reference = Deno.env.get("COBRE_REFERENCE_CASES");
const pair = reference === undefined ? "" : `${reference}/../pair`;
const withoutReference = reference === undefined;

/** A small case; `changes` replaces files, null leaves one out. */
function smallCase(changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  const files: Record<string, unknown> = {
    "config.json": {
      training: { forward_passes: 1, stopping_rules: [{ type: "iteration_limit", limit: 2 }] },
    },
    "penalties.json": {
      bus: { deficit_segments: [{ cost: 100 }], excess_cost: 1 },
      line: { exchange_cost: 1 },
      hydro: {
        spillage_cost: 1,
        fpha_turbined_cost: 0,
        diversion_cost: 1,
        storage_violation_below_cost: 1,
        filling_target_violation_cost: 1,
        turbined_violation_below_cost: 1,
        outflow_violation_below_cost: 1,
        outflow_violation_above_cost: 1,
        generation_violation_below_cost: 1,
        evaporation_violation_cost: 1,
        water_withdrawal_violation_cost: 1,
      },
      non_controllable_source: { curtailment_cost: 1 },
    },
    "stages.json": {
      policy_graph: { type: "finite_horizon", annual_discount_rate: 0 },
      stages: [{
        id: 0,
        start_date: "2030-01-01",
        end_date: "2030-02-01",
        num_scenarios: 1,
        blocks: [{ id: 0, name: "ALL", hours: 744 }],
      }],
    },
    "initial_conditions.json": { storage: [], filling_storage: [] },
    "system/buses.json": { buses: [{ id: 7, name: "B" }, { id: 2, name: "A" }] },
    "system/lines.json": {
      lines: [{
        id: 1,
        name: "L",
        source_bus_id: 2,
        target_bus_id: 7,
        capacity: { direct_mw: 100, reverse_mw: 50 },
      }],
    },
    "system/hydros.json": { hydros: [] },
    "system/thermals.json": { thermals: [] },
    ...changes,
  };
  for (const [file, value] of Object.entries(files)) if (value === null) delete files[file];
  return files;
}

/** Writes the files (text as it is, other values as JSON) and reads them as a case. */
async function readFiles(
  files: Readonly<Record<string, unknown>>,
  prepare: (directory: string) => Promise<void> = () => Promise.resolve(),
): Promise<CaseReading> {
  const directory = await Deno.makeTempDir();
  try {
    for (const [file, value] of Object.entries(files)) {
      await Deno.mkdir(dirname(`${directory}/${file}`), { recursive: true });
      const text = typeof value === "string" ? value : JSON.stringify(value, null, 1);
      await Deno.writeTextFile(`${directory}/${file}`, text);
    }
    await prepare(directory);
    return await readCase(directory);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}

function records(reading: CaseReading) {
  return reading.problems.map(({ severity, layer, record }) => ({
    severity,
    layer,
    kind: record.kind,
    message: record.message,
    file: record.context["file"],
    rule: record.context["rule"],
  }));
}

function summary(reading: CaseReading): string[] {
  return records(reading).map(({ kind, rule, file }) => `${kind} ${rule} ${file}`);
}

Deno.test("a small case is read, with lists sorted by id and places kept", async () => {
  const reading = await readFiles(smallCase());
  assert.deepEqual(reading.problems, []);
  assert.equal(reading.dialect, "v0.5");
  assert.equal(reading.files.length, 8);
  const { system, sources } = reading.case!;
  assert.deepEqual(system.buses.map((bus) => bus.id), [2, 7]);
  assert.equal(sources.has("system/hydros.json"), true);
  assert.equal(sources.has("scenarios/load_factors.json"), false);
  const bus = sources.entity("system/buses.json", 2, ["name"])!;
  const raw = sources.json("system/buses.json") as { buses: { name: string }[] };
  assert.equal(raw.buses[1]!.name, "A");
  assert.deepEqual(sources.locate("system/buses.json", ["buses", 1, "name"]), bus);
  assert.equal(sources.entity("system/buses.json", 99), null);
});

Deno.test("exchange factors become capacities of blocks, and idle ones are told", async () => {
  const factor = (line_id: number, block_id: number) => ({
    line_id,
    stage_id: 0,
    block_factors: [{ block_id, direct_factor: 0.5, reverse_factor: 2 }],
  });
  const reading = await readFiles(smallCase({
    "constraints/exchange_factors.json": { exchange_factors: [factor(1, 0), factor(9, 0)] },
  }));
  assert.deepEqual(summary(reading), ["IgnoredInput N-20 constraints/exchange_factors.json"]);
  const { line } = reading.case!.system.overrides;
  assert.equal(line.rows, 1);
  assert.deepEqual([line.block_id[0], line.direct_mw[0], line.reverse_mw[0]], [0, 50, 100]);
});

Deno.test("a folder that is not there, or is a file, is a problem and no exception", async () => {
  const missing = await readCase("/nowhere/at/all");
  assert.deepEqual(summary(missing), ["MissingFile L1.required /nowhere/at/all"]);
  assert.match(missing.problems[0]!.record.message, /does not exist/);
  const file = await Deno.makeTempFile();
  const reading = await readCase(file);
  await Deno.remove(file);
  assert.match(reading.problems[0]!.record.message, /it is a file, expected a folder/);
  assert.equal(reading.case, null);
});

Deno.test("every missing required file is named, and the others are still checked", async () => {
  const reading = await readFiles(smallCase({
    "penalties.json": null,
    "system/lines.json": null,
    "system/buses.json": { buses: [{ id: "x", name: "B" }] },
  }));
  assert.deepEqual(summary(reading), [
    "MissingFile L1.required penalties.json",
    "MissingFile L1.required system/lines.json",
    "TypeMismatch L2.type system/buses.json",
  ]);
  assert.equal(reading.case, null);
});

Deno.test("a folder in place of a file is reported", async () => {
  const reading = await readFiles(
    smallCase({ "config.json": null }),
    (directory) => Deno.mkdir(`${directory}/config.json`),
  );
  assert.deepEqual(summary(reading), ["MissingFile L1.required config.json"]);
  assert.match(reading.problems[0]!.record.message, /it is a folder, expected a file/);
});

Deno.test({
  name: "a file without permission is reported",
  ignore: Deno.build.os === "windows" || Deno.uid() === 0, // root reads everything
  fn: async () => {
    const reading = await readFiles(
      smallCase(),
      (directory) => Deno.chmod(`${directory}/stages.json`, 0o000),
    );
    assert.deepEqual(summary(reading), ["MissingFile L1.required stages.json"]);
  },
});

Deno.test("empty and damaged files are parse errors with their place", async () => {
  const reading = await readFiles(smallCase({
    "config.json": "",
    "stages.json": '{"stages": [}',
    "scenarios/load_seasonal_stats.parquet": "",
    "constraints/hydro_bounds.parquet": "PAR1 cut short",
  }));
  assert.deepEqual(summary(reading), [
    "ParseError L1.syntax config.json",
    "ParseError L1.syntax stages.json",
    "ParseError L1.syntax scenarios/load_seasonal_stats.parquet",
    "ParseError L1.syntax constraints/hydro_bounds.parquet",
  ]);
  assert.equal(reading.problems[1]!.record.context["line"], 1);
});

Deno.test("no value of a wrong type anywhere breaks the reader", async () => {
  for (const wrong of [null, true, 3, "text", [], [[]], {}, { a: 1 }]) {
    for (const file of Object.keys(smallCase())) {
      const reading = await readFiles(smallCase({ [file]: JSON.stringify(wrong) }));
      assert.equal(reading.case, null, `${file} = ${JSON.stringify(wrong)}`);
      assert.ok(records(reading).some((record) => record.file === file));
    }
  }
});

Deno.test("any leaf of a case may be replaced by rubbish without an exception", async () => {
  const files = smallCase({
    "scenarios/correlation.json": {
      method: "spectral",
      profiles: {
        default: {
          correlation_groups: [{
            name: "g",
            entities: [{ type: "load", id: 2 }],
            matrix: [[1]],
          }],
        },
      },
      schedule: [],
    },
  });
  for (const [file, value] of Object.entries(files)) {
    for (const path of pathsOf(value)) {
      for (const rubbish of [null, -1.5, "?", [], { x: [] }]) {
        const broken = structuredClone(value);
        put(broken, path, rubbish);
        // What matters is that nothing is thrown; some rubbish is legal in some places.
        await readFiles({ ...files, [file]: broken });
      }
    }
  }
});

function pathsOf(value: unknown): (string | number)[][] {
  if (typeof value !== "object" || value === null) return [];
  const steps = Array.isArray(value) ? [...value.keys()] : Object.keys(value);
  return steps.flatMap((step) => [
    [step],
    ...pathsOf((value as Record<string | number, unknown>)[step]).map((rest) => [step, ...rest]),
  ]);
}

function put(value: unknown, path: readonly (string | number)[], item: unknown): void {
  let at = value as Record<string | number, unknown>;
  for (const step of path.slice(0, -1)) at = at[step] as Record<string | number, unknown>;
  at[path.at(-1)!] = item;
}

Deno.test("a case in two layouts is refused with both files and fields", async () => {
  const reading = await readFiles(smallCase({
    "system/buses.json": {
      buses: [{ id: 1, name: "B", operational_start_date: "2000-01-01" }],
    },
  }));
  assert.deepEqual(summary(reading), ["SchemaViolation L1.dialect system/buses.json"]);
  const { message } = reading.problems[0]!.record;
  assert.match(message, /config\.json has training\.forward_passes/);
  assert.match(message, /system\/buses\.json has buses\[0\]\.operational_start_date/);
});

Deno.test("observations before the running period are told to be idle (v0.5)", async () => {
  const observation = (start_date: string, end_date: string) => ({
    hydro_id: 1,
    start_date,
    end_date,
    value_m3s: 5,
  });
  const files = smallCase();
  const stages = structuredClone(files["stages.json"]) as {
    stages: { start_date: string }[];
  };
  stages.stages[0]!.start_date = "2030-01-11";
  const reading = await readFiles({
    ...files,
    "stages.json": {
      ...stages,
      season_definitions: {
        cycle_type: "monthly",
        seasons: [{ id: 0, label: "January", month_start: 1 }],
      },
    },
    "initial_conditions.json": {
      storage: [],
      filling_storage: [],
      recent_observations: [
        observation("2029-12-25", "2030-01-04"),
        observation("2030-01-04", "2030-01-11"),
      ],
    },
  });
  assert.deepEqual(summary(reading), ["IgnoredInput I10 initial_conditions.json"]);
  const { recentObservations } = reading.case!.system.initial;
  // Both have one value, so what is left of them is one interval of ten days.
  assert.deepEqual(recentObservations.map((o) => o.endDay - o.startDay), [10]);
});

Deno.test({
  name: "every reference case is read without an error",
  ignore: withoutReference, // needs COBRE_REFERENCE_CASES, the folder of the reference cases
  fn: async () => {
    const names = [...Deno.readDirSync(reference!)].filter((entry) => entry.isDirectory);
    assert.equal(names.length, 30);
    for (const { name } of names) {
      const reading = await readCase(`${reference}/${name}`);
      const errors = records(reading).filter((record) => record.severity === "error");
      assert.deepEqual(errors, [], name);
      assert.equal(reading.dialect, "v0.5");
      assert.notEqual(reading.case, null);
    }
  },
});

Deno.test({
  name: "one study in both layouts is one system and one config",
  ignore: withoutReference, // needs COBRE_REFERENCE_CASES, the folder of the reference cases
  fn: async () => {
    const older = await readCase(`${pair}/v05`);
    const copy = await Deno.makeTempDir();
    try {
      for (const folder of ["", "/system", "/scenarios"]) {
        await Deno.mkdir(copy + folder, { recursive: true });
        for (const entry of Deno.readDirSync(`${pair}/v18${folder}`)) {
          const path = `${folder}/${entry.name}`;
          if (entry.isFile) await Deno.copyFile(`${pair}/v18${path}`, copy + path);
        }
      }
      // The older layout charges turbined flow to FPHA plants only, of which the pair has none.
      const penalties = await Deno.readTextFile(`${copy}/penalties.json`);
      const free = penalties.replace(/"turbined_cost": [^,]+,/, '"turbined_cost": 0,');
      assert.notEqual(free, penalties);
      await Deno.writeTextFile(`${copy}/penalties.json`, free);
      const newer = await readCase(copy);
      assert.deepEqual([older.dialect, newer.dialect], ["v0.5", "v0.18"]);
      assert.deepEqual(newer.case!.config, older.case!.config);

      const [a, b] = [older.case!.system, newer.case!.system];
      // The older files give ratios of √(1 − Σφ²), which leave out that lags are correlated; the
      // newer layout derives them. They are no part of what the two have in common.
      const alike = (system: typeof a) => ({
        ...system,
        scenarios: {
          ...system.scenarios,
          inflowCoefficients: { ...system.scenarios.inflowCoefficients!, residual_std_ratio: null },
        },
      });
      assert.deepEqual(alike(b), alike(a));
    } finally {
      await Deno.remove(copy, { recursive: true });
    }
  },
});
