/** What is in a case, in a few lines. */
import type { Case } from "../../case/mod.ts";
import type { System } from "../../model/mod.ts";
import { formatIsoDate, greatestOf, leastOf } from "../../numeric/mod.ts";
import { counted } from "../../protocol/mod.ts";

/** The entities of a system by kind, the four that every case speaks of first. */
export function entityCounts(system: System): string {
  const sometimes: readonly [number, string][] = [
    [system.sources.length, "non-controllable source"],
    [system.stations.length, "pumping station"],
    [system.contracts.length, "contract"],
    [system.genericConstraints.length, "generic constraint"],
  ];
  return [
    counted(system.buses.length, "bus", "buses"),
    counted(system.hydros.length, "hydro"),
    counted(system.thermals.length, "thermal"),
    counted(system.lines.length, "line"),
    ...sometimes.filter(([count]) => count > 0).map(([count, one]) => counted(count, one)),
  ].join(", ");
}

/** A line for each kind of entity, with what it can do together. */
export function entityLines(system: System): string[] {
  const { buses, hydros, thermals, lines, sources, stations, contracts } = system;
  const some = <T>(list: readonly T[], text: (list: readonly T[]) => string): string[] =>
    list.length === 0 ? [] : [text(list)];
  return [
    `buses: ${buses.length}`,
    ...some(
      hydros,
      () =>
        `hydros: ${hydros.length}, ${amount(sum(hydros, (hydro) => hydro.maxGenerationMw))} MW, ` +
        `storage ${amount(sum(hydros, (hydro) => hydro.minStorageHm3))} to ` +
        `${amount(sum(hydros, (hydro) => hydro.maxStorageHm3))} hm³`,
    ),
    ...some(
      thermals,
      () =>
        `thermals: ${thermals.length}, ${
          amount(sum(thermals, (thermal) => thermal.maxMw))
        } MW at ` +
        `${costs(thermals.map((thermal) => thermal.costPerMwh))} per MWh`,
    ),
    ...some(lines, () => `lines: ${lines.length}`),
    ...some(sources, () =>
      `non-controllable sources: ${sources.length}, ` +
      `${amount(sum(sources, (source) => source.maxGenerationMw))} MW`),
    ...some(stations, () => `pumping stations: ${stations.length}`),
    ...some(contracts, () =>
      `contracts: ${contracts.length}, ` +
      `import ${amount(limitOf(contracts, "import"))} MW, ` +
      `export ${amount(limitOf(contracts, "export"))} MW`),
    ...some(system.genericConstraints, (list) => `generic constraints: ${list.length}`),
  ];
}

/** The horizon: stages, dates, blocks, openings. */
export function horizonLine({ horizon }: System): string {
  const { stages } = horizon;
  if (stages.length === 0) return "no stages";
  const start = leastOf(stages.map((stage) => stage.startDay));
  const end = greatestOf(stages.map((stage) => stage.endDay));
  return [
    `${counted(stages.length, "stage")} from ${formatIsoDate(start)} to ${formatIsoDate(end)}`,
    `${range(stages.map((stage) => stage.blocks.length), "block")} and ` +
    `${range(stages.map((stage) => stage.openings), "opening")} each`,
  ].join(", ");
}

/** What config.json asks for. */
export function studyLine({ config }: Case): string {
  const { training, simulation } = config;
  const train = training.enabled
    ? `training with ${selection(training.selection, "forward pass", "forward passes")}`
    : "no training";
  const simulate = simulation.enabled
    ? `simulation of ${selection(simulation.selection, "scenario")}`
    : "no simulation";
  return `${train}, ${simulate}`;
}

function selection(
  chosen: Case["config"]["training"]["selection"],
  one: string,
  many?: string,
): string {
  return chosen.method === "sampled" ? counted(chosen.count, one, many) : "every path of the tree";
}

function range(counts: readonly number[], noun: string): string {
  const [least, most] = [leastOf(counts), greatestOf(counts)];
  return least === most ? counted(most, noun) : `${least} to ${most} ${noun}s`;
}

function sum<T>(list: readonly T[], value: (item: T) => number): number {
  return list.reduce((total, item) => total + value(item), 0);
}

function limitOf(contracts: System["contracts"], type: "import" | "export"): number {
  return sum(contracts.filter((contract) => contract.type === type), (contract) => contract.maxMw);
}

function costs(values: readonly number[]): string {
  const [least, most] = [leastOf(values), greatestOf(values)];
  return least === most ? amount(least) : `${amount(least)} to ${amount(most)}`;
}

/** A number with at most one decimal and spaces between thousands. */
function amount(value: number): string {
  const [whole, fraction] = value.toFixed(1).split(".");
  const grouped = whole!.replaceAll(/\B(?=(\d{3})+$)/g, " ");
  return fraction === "0" ? grouped : `${grouped}.${fraction}`;
}
