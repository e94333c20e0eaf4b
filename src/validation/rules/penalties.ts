/** Layer 5: the order of costs, which decides what the system gives up first. */
import type { Hydro, HydroCosts, System } from "../../model/mod.ts";
import { greatestOf, leastOf } from "../../numeric/mod.ts";
import { type Rule, rule, type RuleReport } from "../rule.ts";
import { counted, named } from "../wording.ts";

const PENALTIES = "penalties.json";
const HYDROS = "system/hydros.json";
const THERMALS = "system/thermals.json";

/** Costs of breaking a limit of operation. */
const VIOLATIONS = [
  "turbinedBelow",
  "outflowBelow",
  "outflowAbove",
  "generationBelow",
  "evaporationPos",
  "evaporationNeg",
  "withdrawalPos",
  "withdrawalNeg",
] as const satisfies readonly (keyof HydroCosts)[];

/** The field of an entry of `hydros.json` that sets a cost; directional costs share one. */
const PENALTY_FIELDS = {
  turbinedBelow: "turbined_violation_below_cost",
  outflowBelow: "outflow_violation_below_cost",
  outflowAbove: "outflow_violation_above_cost",
  generationBelow: "generation_violation_below_cost",
  evaporationPos: "evaporation_violation_cost",
  evaporationNeg: "evaporation_violation_cost",
  withdrawalPos: "water_withdrawal_violation_cost",
  withdrawalNeg: "water_withdrawal_violation_cost",
  storageBelow: "storage_violation_below_cost",
  fillingTarget: "filling_target_violation_cost",
  inflowNonNegativity: "inflow_nonnegativity_cost",
} as const satisfies Partial<Record<keyof HydroCosts, string>>;

function highestViolation(hydro: Hydro): number {
  return Math.max(...VIOLATIONS.map((cost) => hydro.costs[cost]));
}

function lowestViolation(hydro: Hydro): number {
  return Math.min(...VIOLATIONS.map((cost) => hydro.costs[cost]));
}

/** The cost of the last segment of unserved energy, at the bus where it is greatest. */
function highestDeficit(system: System): number | null {
  const costs = system.buses.flatMap((bus) => bus.deficitSegments.map((segment) => segment.cost));
  return costs.length === 0 ? null : greatestOf(costs);
}

/** One cost of a hydro that should exceed another one. */
interface Order {
  readonly higher: readonly [name: string, value: number];
  readonly lower: readonly [name: string, value: number];
}

/** One warning for all hydros: how many have the costs the wrong way round, and the worst. */
function reportOrder(
  report: RuleReport<"PhysicalConstraint">,
  hydros: readonly Hydro[],
  orderOf: (hydro: Hydro) => Order,
  meaning: string,
): void {
  let affected = 0;
  let worst: { readonly hydro: Hydro; readonly order: Order; readonly gap: number } | null = null;
  for (const hydro of hydros) {
    const order = orderOf(hydro);
    const gap = order.lower[1] - order.higher[1];
    if (!(gap >= 0)) continue;
    affected++;
    if (worst === null || gap > worst.gap) worst = { hydro, order, gap };
  }
  if (worst === null) return;
  const { hydro, order: { higher, lower } } = worst;
  const detail = `${higher[0]} ${higher[1]} should exceed ${lower[0]} ${lower[1]}`;
  const whom = affected === 1 ? "" : `, the worst of ${counted(affected, "hydro")}`;
  report.found(
    `${detail.replace(/^the /, "The ")}, for ${named("hydro", hydro)}${whom}`,
    { detail },
    `${meaning}. Check the costs in penalties.json and system/hydros.json`,
  );
}

/** Orders that the older layout expects of costs; the newer one asks less. */
function orderRule(
  id: string,
  description: string,
  meaning: string,
  orderOf: (system: System) => ((hydro: Hydro) => Order) | null,
): Rule {
  return rule({
    id,
    layer: 5,
    kind: "PhysicalConstraint",
    severity: "warning",
    file: PENALTIES,
    description,
    check({ system, dialect }, report) {
      const order = dialect === "v0.5" ? orderOf(system) : null;
      if (order !== null) reportOrder(report, system.hydros, order, meaning);
    },
  });
}

/** The rules. */
export const rules: readonly Rule[] = [
  orderRule(
    "S6",
    "In the v0.5 layout missing a filling target costs more than storage below its minimum",
    "A reservoir that is being filled would be kept low",
    () => ({ costs }) => ({
      higher: ["filling_target_violation_cost", costs.fillingTarget],
      lower: ["storage_violation_below_cost", costs.storageBelow],
    }),
  ),
  orderRule(
    "S7",
    "In the v0.5 layout storage below its minimum costs more than the dearest deficit",
    "The dead volume would be used before demand is left unserved",
    (system) => {
      const deficit = highestDeficit(system);
      return deficit === null ? null : ({ costs }) => ({
        higher: ["storage_violation_below_cost", costs.storageBelow],
        lower: ["the highest deficit cost", deficit],
      });
    },
  ),
  orderRule(
    "S8",
    "In the v0.5 layout the dearest deficit costs more than breaking limits of operation",
    "Demand would be left unserved in order to keep limits of plants",
    (system) => {
      const deficit = highestDeficit(system);
      return deficit === null ? null : (hydro) => ({
        higher: ["the highest deficit cost", deficit],
        lower: ["the highest cost of breaking a limit of operation", highestViolation(hydro)],
      });
    },
  ),
  rule({
    id: "semantic.5b.8",
    layer: 5,
    kind: "PhysicalConstraint",
    severity: "warning",
    file: PENALTIES,
    description: "In the v0.18 layout the dearest deficit costs more than generation below its " +
      "minimum",
    check({ system, dialect }, report) {
      const deficit = highestDeficit(system);
      if (dialect !== "v0.18" || deficit === null) return;
      reportOrder(
        report,
        system.hydros,
        ({ costs }) => ({
          higher: ["the highest deficit cost", deficit],
          lower: ["generation_violation_below_cost", costs.generationBelow],
        }),
        "Demand would be left unserved in order to keep the least generation of plants",
      );
    },
  }),
  rule({
    id: "S9",
    layer: 5,
    kind: "PhysicalConstraint",
    severity: "warning",
    file: PENALTIES,
    description: "Breaking a limit of operation costs more than spilling or diverting water",
    check({ system }, report) {
      reportOrder(
        report,
        system.hydros,
        (hydro) => ({
          higher: ["the lowest cost of breaking a limit of operation", lowestViolation(hydro)],
          lower: [
            "the cost of spilling or diverting",
            Math.max(hydro.costs.spillage, hydro.costs.diversion),
          ],
        }),
        "Limits of plants would be broken in order to save the cost of spilling",
      );
    },
  }),
  rule({
    id: "S10",
    layer: 5,
    kind: "PhysicalConstraint",
    severity: "warning",
    file: HYDROS,
    description: "Spilling and diverting water cost something",
    check({ system }, report) {
      for (const hydro of system.hydros) {
        const { spillage, diversion } = hydro.costs;
        if (Math.min(spillage, diversion) > 0) continue;
        const [field, value] = spillage <= diversion
          ? ["spillage_cost", spillage]
          : ["diversion_cost", diversion];
        const detail = `${field} is ${value}, expected above 0`;
        report.found(
          `${named("Hydro", hydro)}: ${detail}, or water may be wasted that could be kept`,
          { entity_id: hydro.id, detail, at: ["penalties", field!] },
        );
      }
    },
  }),
  rule({
    id: "S11",
    layer: 5,
    kind: "PenaltyConsistency",
    severity: "error",
    file: HYDROS,
    description: "Turbined flow has no negative cost",
    check({ system, dialect }, report) {
      const field = dialect === "v0.5" ? "fpha_turbined_cost" : "turbined_cost";
      for (const hydro of system.hydros) {
        if (hydro.costs.turbined >= 0) continue;
        report.found(
          `${named("Hydro", hydro)} has ${field} ${hydro.costs.turbined}, expected at least 0`,
          {
            entity_id: hydro.id,
            penalty_field: field,
            value: hydro.costs.turbined,
            violated_rule: "the cost of turbined flow is at least 0",
            at: ["penalties", field],
          },
        );
      }
    },
  }),
  rule({
    id: "S11.violation",
    layer: 5,
    kind: "PenaltyConsistency",
    severity: "error",
    file: HYDROS,
    description: "Breaking a limit of a plant has no negative cost",
    check({ system }, report) {
      const costs = Object.keys(PENALTY_FIELDS) as (keyof typeof PENALTY_FIELDS)[];
      for (const hydro of system.hydros) {
        const negative = costs.find((cost) => hydro.costs[cost] < 0);
        if (negative === undefined) continue;
        const field = PENALTY_FIELDS[negative];
        report.found(
          `${named("Hydro", hydro)} has ${field} ${hydro.costs[negative]}: a limit that pays to ` +
            "be broken has no best solution, expected at least 0",
          {
            entity_id: hydro.id,
            penalty_field: field,
            value: hydro.costs[negative],
            violated_rule: "the cost of breaking a limit is at least 0",
            at: ["penalties", field],
          },
        );
      }
    },
  }),
  rule({
    id: "N-14",
    layer: 5,
    kind: "PhysicalConstraint",
    severity: "warning",
    file: THERMALS,
    description: "A thermal costs less than the dearest deficit at its bus",
    check({ system }, report) {
      const deficits = new Map(
        system.buses.map((bus) => [bus.id, bus.deficitSegments.at(-1)?.cost ?? Infinity]),
      );
      for (const thermal of system.thermals) {
        const deficit = deficits.get(thermal.busId);
        if (deficit === undefined || thermal.costPerMwh < deficit) continue;
        const detail = `cost_per_mwh ${thermal.costPerMwh} is not below the highest deficit ` +
          `cost ${deficit} of bus ${thermal.busId}`;
        report.found(
          `${named("Thermal", thermal)} runs only as far as it must: ${detail}`,
          { entity_id: thermal.id, detail, at: ["cost_per_mwh"] },
          "Check the cost of the thermal and the deficit costs of the bus",
        );
      }
    },
  }),
  rule({
    id: "N-14.generation",
    layer: 5,
    kind: "PhysicalConstraint",
    severity: "warning",
    file: PENALTIES,
    description: "Generation of a hydro below its minimum costs more than the dearest thermal of " +
      "its bus",
    check({ system }, report) {
      const dearest = new Map<number, number>();
      for (const { busId, costPerMwh } of system.thermals) {
        dearest.set(busId, Math.max(dearest.get(busId) ?? 0, costPerMwh));
      }
      reportOrder(
        report,
        system.hydros.filter((hydro) => hydro.minGenerationMw > 0),
        (hydro) => ({
          higher: ["generation_violation_below_cost", hydro.costs.generationBelow],
          lower: [
            "the cost of the dearest thermal of the bus",
            greatestOf(hydro.unitGroups.map(({ busId }) => dearest.get(busId) ?? -Infinity)),
          ],
        }),
        "The least generation would be missed as soon as thermals are dear",
      );
    },
  }),
  rule({
    id: "N-14.spillage",
    layer: 5,
    kind: "PhysicalConstraint",
    severity: "warning",
    file: PENALTIES,
    description: "Spilling costs less than the cheapest thermal that is not free",
    check({ system }, report) {
      const costs = system.thermals.map(({ costPerMwh }) => costPerMwh).filter((cost) => cost > 0);
      if (costs.length === 0) return;
      const cheapest = leastOf(costs);
      reportOrder(
        report,
        system.hydros,
        (hydro) => ({
          higher: ["the cost of the cheapest thermal", cheapest],
          lower: ["spillage_cost", hydro.costs.spillage],
        }),
        "Spillage would be avoided at the price of running plants that are not needed",
      );
    },
  }),
];
