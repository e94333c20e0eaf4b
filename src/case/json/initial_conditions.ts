/** `initial_conditions.json`: the state in which the study begins. */
import { z } from "zod";
import type { DatedValue, InitialStorage, PastInflows } from "../../model/mod.ts";
import { schemaRules } from "../rule.ts";
import { type FileReport, jsonFile } from "./issues.ts";
import {
  addFault,
  date,
  dayOf,
  def,
  f64,
  id,
  nonNegative,
  opt,
  rootKeys,
  u32,
} from "./primitives.ts";

const FILE = "initial_conditions.json";

const volumes = z.array(z.strictObject({
  hydro_id: id,
  value_hm3: nonNegative.describe("Volume (hm³)"),
}));

function checkDates(
  value: { start_date: string; end_date: string },
  ctx: z.core.$RefinementCtx,
): void {
  if (value.start_date < value.end_date) return;
  addFault(ctx, {
    kind: "SchemaViolation",
    rule: "I6",
    path: ["end_date"],
    message: `${FILE}: an interval ends on ${value.end_date}, expected a day after its start on ` +
      value.start_date,
    context: { expected: `a day after ${value.start_date}`, actual: value.end_date },
  });
}

const dates = {
  start_date: date.describe("First day"),
  end_date: date.describe("Day after the last one"),
} as const;

const storage = volumes.describe("Volumes at the start; a hydro that is not listed is empty");
const filling_storage = volumes.describe("Volumes of hydros that are being filled");
const observations = "Observed inflows of the period that is running when the study begins";

const schemaV05 = z.strictObject({
  ...rootKeys,
  storage,
  filling_storage,
  past_inflows: def(
    z.array(
      z.strictObject({
        hydro_id: id,
        values_m3s: z.array(f64).describe("Inflows (m³/s), the latest period first"),
        season_ids: opt(z.array(u32)).describe("Season of each value"),
      }).superRefine((value, ctx) => {
        const seasons = value.season_ids?.length ?? value.values_m3s.length;
        const wanted = value.values_m3s.length;
        if (seasons === wanted) return;
        addFault(ctx, {
          kind: "SchemaViolation",
          rule: "I5",
          path: ["season_ids"],
          message: `${FILE}: hydro ${value.hydro_id} has ${seasons} season_ids for ${wanted} ` +
            "values_m3s, expected one for each",
          context: { expected: `${wanted} items`, actual: `${seasons} items` },
        });
      }),
    ),
    [],
  ).describe("Inflows of the periods before the study"),
  recent_observations: def(
    z.array(
      z.strictObject({
        hydro_id: id,
        ...dates,
        value_m3s: nonNegative.describe("Mean inflow (m³/s)"),
      }).superRefine(checkDates),
    ),
    [],
  ).describe(observations),
});

const schemaV18 = z.strictObject({
  ...rootKeys,
  storage,
  filling_storage,
  recent_observations: def(
    z.array(
      z.strictObject({ hydro_id: id, ...dates, value_m3s: f64.describe("Mean inflow (m³/s)") })
        .superRefine(checkDates),
    ),
    [],
  ).describe("Observed inflows before the study; they replace the history day by day"),
  past_anticipated_commitments: def(
    z.array(
      z.strictObject({
        thermal_id: id,
        ...dates,
        value_mw: nonNegative.describe("Committed generation (MW)"),
      }).superRefine(checkDates),
    ),
    [],
  ).describe("Dispatch of anticipated thermals that was decided before the study"),
  past_defluences: def(
    z.array(
      z.strictObject({
        hydro_id: id,
        ...dates,
        value_m3s: nonNegative.describe("Released flow (m³/s)"),
      }).superRefine(checkDates),
    ),
    [],
  ).describe("Water that was released before the study and is still on its way"),
});

/** What a v0.5 file says. */
export type InitialV05 = z.output<typeof schemaV05>;
/** What a v0.18 file says. */
export type InitialV18 = z.output<typeof schemaV18>;

const rule = schemaRules(FILE);

/** The file. */
export const INITIAL_CONDITIONS = jsonFile({
  file: FILE,
  noun: null,
  list: "storage",
  idField: "hydro_id",
  schemaV05,
  schemaV18,
  unique: [
    { list: "storage", key: ["hydro_id"], rule: "I2" },
    { list: "filling_storage", key: ["hydro_id"], rule: "I2" },
    { list: "past_inflows", key: ["hydro_id"], rule: "I3" },
  ],
  rules: [
    rule("I1", "OutOfRange", "Volumes are not negative", ["value_hm3"]),
    rule("I2", "DuplicateId", "A hydro has one volume, in one of the two lists"),
    rule("I3", "DuplicateId", "A hydro has one entry of past inflows"),
    rule("I4", "TypeMismatch", "Past inflows are numbers", ["past_inflows.values_m3s"]),
    rule("I5", "SchemaViolation", "There is one season for each past inflow"),
    rule("I6", "SchemaViolation", "Dates are dates, and an interval ends after it starts", [
      "start_date",
      "end_date",
    ]),
    rule("I7", "OutOfRange", "Observed inflows of the v0.5 layout are not negative", [
      "recent_observations.value_m3s",
    ]),
    rule("I8", "SchemaViolation", "Intervals of one entity do not overlap"),
    {
      ...rule("I10", "IgnoredInput", "Observations of the v0.5 layout lie in the running period"),
      severity: "warning",
    },
    rule("I9", "OutOfRange", "Commitments and released flows are not negative", [
      "past_anticipated_commitments.value_mw",
      "past_defluences.value_m3s",
    ]),
  ],
});

/** Checks of the file as a whole. */
export function checkInitial(value: InitialV05 | InitialV18, report: FileReport): void {
  const stored = new Set(value.storage.map((entry) => entry.hydro_id));
  value.filling_storage.forEach((entry, index) => {
    if (!stored.has(entry.hydro_id)) return;
    report.fault({
      kind: "DuplicateId",
      rule: "I2",
      path: ["filling_storage", index, "hydro_id"],
      message: `${FILE}: hydro ${entry.hydro_id} is in storage and in filling_storage, expected ` +
        "in one of them",
      context: { registry: "filling_storage", entity_id: entry.hydro_id },
    });
  });
  checkOverlaps("recent_observations", value.recent_observations, (e) => e.hydro_id, report);
  if (!("past_defluences" in value)) return;
  checkOverlaps("past_defluences", value.past_defluences, (e) => e.hydro_id, report);
  const commitments = value.past_anticipated_commitments;
  checkOverlaps("past_anticipated_commitments", commitments, (e) => e.thermal_id, report);
}

function checkOverlaps<E extends { readonly start_date: string; readonly end_date: string }>(
  list: string,
  entries: readonly E[],
  entityOf: (entry: E) => number,
  report: FileReport,
): void {
  const order = entries.map((_, index) => index).sort((a, b) =>
    entityOf(entries[a]!) - entityOf(entries[b]!) ||
    dayOf(entries[a]!.start_date) - dayOf(entries[b]!.start_date)
  );
  let reach: E | null = null;
  for (const index of order) {
    const entry = entries[index]!;
    const same = reach !== null && entityOf(reach) === entityOf(entry);
    if (same && entry.start_date < reach!.end_date) {
      report.fault({
        kind: "SchemaViolation",
        rule: "I8",
        path: [list, index, "start_date"],
        message: `${FILE}: ${list}[${index}] starts on ${entry.start_date}, before the interval ` +
          `from ${reach!.start_date} of the same entity ends on ${reach!.end_date}`,
        context: {
          entity_id: entityOf(entry),
          expected: `${reach!.end_date} or later`,
          actual: entry.start_date,
        },
      });
    }
    if (!same || entry.end_date > reach!.end_date) reach = entry;
  }
}

/** Volumes by hydro. */
export function toStorage(entries: InitialV05["storage"]): InitialStorage[] {
  return entries.map(({ hydro_id, value_hm3 }) => ({ hydroId: hydro_id, valueHm3: value_hm3 }))
    .toSorted((a, b) => a.hydroId - b.hydroId);
}

/** Observations by hydro and date. */
export function toObservations(entries: InitialV18["recent_observations"]): DatedValue[] {
  return dated(entries, (entry) => entry.hydro_id, (entry) => entry.value_m3s);
}

/** Released flows by hydro and date. */
export function toDefluences(entries: InitialV18["past_defluences"]): DatedValue[] {
  return dated(entries, (entry) => entry.hydro_id, (entry) => entry.value_m3s);
}

/** Commitments by thermal and date. */
export function toCommitments(entries: InitialV18["past_anticipated_commitments"]): DatedValue[] {
  return dated(entries, (entry) => entry.thermal_id, (entry) => entry.value_mw);
}

function dated<E extends { readonly start_date: string; readonly end_date: string }>(
  entries: readonly E[],
  entityOf: (entry: E) => number,
  valueOf: (entry: E) => number,
): DatedValue[] {
  return entries.map((entry) => ({
    entityId: entityOf(entry),
    startDay: dayOf(entry.start_date),
    endDay: dayOf(entry.end_date),
    value: valueOf(entry),
  })).toSorted((a, b) => a.entityId - b.entityId || a.startDay - b.startDay);
}

/** Past inflows by hydro, at most `depth` of each. */
export function toPastInflows(entries: InitialV05["past_inflows"], depth: number): PastInflows[] {
  return entries.map(({ hydro_id, values_m3s, season_ids }) => ({
    hydroId: hydro_id,
    valuesM3s: values_m3s.slice(0, depth),
    seasonIds: season_ids?.slice(0, depth) ?? null,
  })).filter((entry) => entry.valuesM3s.length > 0)
    .toSorted((a, b) => a.hydroId - b.hydroId);
}
