/** Layer 5: numbers that can hardly be meant in the unit in which they are read. */
import type { Case } from "../../case/mod.ts";
import { rawList } from "../raw_json.ts";
import { type Rule, rule } from "../rule.ts";
import { counted, named } from "../wording.ts";

const STAGES = "stages.json";
const CONFIG = "config.json";

/** Yearly rates above this are percent written as such, or a country without a currency. */
const GREATEST_RATE = 1;
/** No block of a real load curve is so many times its mean. */
const GREATEST_FACTOR = 10;
/** The largest reservoirs that people have made hold about 200,000 hm³. */
const GREATEST_STORAGE_HM3 = 1e6;

/** A rate and where it is written. */
interface WrittenRate {
  readonly path: readonly (string | number)[];
  readonly rate: unknown;
}

/** Every discount rate as written: that of the study, and those of stages and transitions. */
function writtenRates(input: Case): WrittenRate[] {
  const field = "annual_discount_rate_override";
  const overrides = [["stages"], ["policy_graph", "transitions"]].flatMap((list) =>
    rawList(input, STAGES, ...list).map((entry, index): WrittenRate => ({
      path: [...list, index, field],
      rate: entry[field],
    }))
  );
  const rate = input.system.horizon.annualDiscountRate;
  return [{ path: ["policy_graph", "annual_discount_rate"], rate }, ...overrides];
}

const discountRate = rule({
  id: "U1",
  layer: 5,
  kind: "PhysicalConstraint",
  severity: "warning",
  file: STAGES,
  description: "Discount rates are fractions: 0.08 for 8 % a year",
  check(input, report) {
    for (const { path, rate } of writtenRates(input)) {
      if (typeof rate !== "number" || rate <= GREATEST_RATE) continue;
      const detail = `${Number((100 * rate).toPrecision(6))} % a year`;
      report.found(
        `The discount rate ${path.at(-1)} is ${rate}: that is ${detail}`,
        { path, detail },
        "Give the rate as a fraction: 0.08 for 8 %",
      );
    }
  },
});

const stalling = rule({
  id: "U2",
  layer: 5,
  kind: "PhysicalConstraint",
  severity: "warning",
  file: CONFIG,
  description: "The tolerance of bound_stalling is a fraction of the lower bound, below 1",
  check(input, report) {
    rawList(input, CONFIG, "training", "stopping_rules").forEach((stop, index) => {
      const { type, tolerance } = stop;
      if (type !== "bound_stalling" || typeof tolerance !== "number" || tolerance < 1) return;
      report.found(
        `The tolerance ${tolerance} of bound_stalling is a fraction of the lower bound: training ` +
          "ends as soon as the rule looks back",
        {
          path: ["training", "stopping_rules", index, "tolerance"],
          detail: "a gain of the bound by its own size counts as none",
        },
        "Give the tolerance as a fraction: 0.0005 for 0.05 %",
      );
    });
  },
});

function blockFactors(
  id: string,
  file: string,
  list: string,
  entity: string,
  noun: string,
  fields: readonly string[],
): Rule {
  return rule({
    id,
    layer: 5,
    kind: "PhysicalConstraint",
    severity: "warning",
    file,
    description: `Block factors are fractions of the whole stage, ${GREATEST_FACTOR} at most`,
    check(input, report) {
      rawList(input, file, list).forEach((entry, index) => {
        const factors = entry["block_factors"] as readonly Record<string, number>[];
        const large = factors.flatMap((factor, position) =>
          fields.filter((field) => factor[field]! > GREATEST_FACTOR)
            .map((field) => ({ position, field, value: factor[field]! }))
        );
        const first = large[0];
        if (first === undefined) return;
        const path = [list, index, "block_factors", first.position, first.field];
        report.found(
          `${noun} ${entry[entity]} has ${first.field} ${first.value} in stage ` +
            `${entry["stage_id"]}: ${counted(large.length, "factor")} there above ` +
            GREATEST_FACTOR,
          { entity_id: entry[entity] as number, path, detail: "a factor of 1 changes nothing" },
          "Give factors as fractions: 0.95 for 95 %",
        );
      });
    },
  });
}

const storage = rule({
  id: "U4",
  layer: 5,
  kind: "PhysicalConstraint",
  severity: "warning",
  file: "system/hydros.json",
  description: "Volumes are in hm³, millions of cubic metres: no reservoir holds a million of them",
  check({ system }, report) {
    for (const hydro of system.hydros) {
      if (hydro.maxStorageHm3 <= GREATEST_STORAGE_HM3) continue;
      report.found(
        `${named("Hydro", hydro)} holds up to ${hydro.maxStorageHm3} hm³, more than any reservoir`,
        {
          entity_id: hydro.id,
          at: ["reservoir", "max_storage_hm3"],
          detail: "1 hm³ is 1,000,000 m³",
        },
        "Give the volume in hm³",
      );
    }
  },
});

/** The rules of units. */
export const rules: readonly Rule[] = [
  discountRate,
  stalling,
  blockFactors("U3", "scenarios/load_factors.json", "load_factors", "bus_id", "Bus", ["factor"]),
  blockFactors(
    "U3.ncs",
    "scenarios/non_controllable_factors.json",
    "non_controllable_factors",
    "ncs_id",
    "Non-controllable source",
    ["factor"],
  ),
  blockFactors(
    "U3.exchange",
    "constraints/exchange_factors.json",
    "exchange_factors",
    "line_id",
    "Line",
    ["direct_factor", "reverse_factor"],
  ),
  storage,
];
