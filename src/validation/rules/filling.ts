/** The first filling of reservoirs. */
import type { Case } from "../../case/mod.ts";
import { ALL_BLOCKS, type Filling, type Hydro, type Stage, stageHours } from "../../model/mod.ts";
import { rawPath } from "../raw_json.ts";
import { type Rule, rule, type RuleReport } from "../rule.ts";
import { named } from "../wording.ts";

const HYDROS = "system/hydros.json";
const INITIAL = "initial_conditions.json";

/** hm³ per m³/s and hour. */
const VOLUME_PER_FLOW = 0.0036;
/** Room for rounding (hm³). */
const TOLERANCE = 1e-6;

/** A hydro with a filling. */
type FillingHydro = Hydro & { readonly filling: Filling };

function fillingHydros({ system }: Case): readonly FillingHydro[] {
  return system.hydros.filter((hydro): hydro is FillingHydro => hydro.filling !== null);
}

function seedOf({ system }: Case, { id }: Hydro): number | null {
  return system.initial.fillingStorage.find(({ hydroId }) => hydroId === id)?.valueHm3 ?? null;
}

const start = rule({
  id: "H7",
  layer: 5,
  kind: "StageMismatch",
  severity: "error",
  file: HYDROS,
  description: "A filling starts at a study stage",
  check(input, report) {
    const known = new Set(input.system.horizon.stages.map((stage) => stage.id));
    for (const hydro of fillingHydros(input)) {
      const { startStageId } = hydro.filling;
      if (known.has(startStageId)) continue;
      report.found(
        `${named("Hydro", hydro)} is filled from stage ${startStageId}, which the study does not ` +
          "have",
        {
          entity_id: hydro.id,
          at: ["filling", "start_stage_id"],
          stage_id: startStageId,
          detail: "no such study stage",
        },
        "Correct filling.start_stage_id",
      );
    }
  },
});

const phases = rule({
  id: "semantic.5a.7a",
  layer: 5,
  kind: "PhysicalConstraint",
  severity: "error",
  file: HYDROS,
  description: "A filling starts before its hydro enters, which then does not leave",
  check(input, report) {
    for (const hydro of fillingHydros(input)) {
      const { entryStageId, exitStageId, filling } = hydro;
      if (entryStageId !== null && filling.startStageId >= entryStageId) {
        report.found(
          `${named("Hydro", hydro)} is filled from stage ${filling.startStageId}, but enters at ` +
            `stage ${entryStageId}`,
          {
            entity_id: hydro.id,
            at: ["filling", "start_stage_id"],
            detail: "no stage is left for the filling",
          },
          "Start the filling before entry_stage_id",
        );
      }
      if (exitStageId === null) continue;
      report.found(
        `${named("Hydro", hydro)} is filled and leaves at stage ${exitStageId}, expected no ` +
          "exit_stage_id",
        {
          entity_id: hydro.id,
          at: ["exit_stage_id"],
          detail: "the water of a plant that leaves would have nowhere to go",
        },
        "Remove exit_stage_id, or the filling",
      );
    }
  },
});

const seed = rule({
  id: "semantic.5a.7a.seed",
  layer: 5,
  kind: "OutOfRange",
  severity: "error",
  file: INITIAL,
  description:
    "A reservoir whose filling starts later is empty, and none is full before its filling",
  check(input, report) {
    const first = input.system.horizon.stages[0]?.id ?? 0;
    for (const hydro of fillingHydros(input)) {
      const value = seedOf(input, hydro);
      if (value === null || value > hydro.minStorageHm3 + TOLERANCE) continue;
      const later = hydro.filling.startStageId > first;
      const full = value > 0 && value >= hydro.minStorageHm3 - TOLERANCE;
      if (!full && !(later && value > 0)) continue;
      const wanted = later
        ? "0 hm³, as its filling starts later"
        : `less than its min_storage_hm3 ${hydro.minStorageHm3}`;
      const path = rawPath(input, INITIAL, ["filling_storage"], { hydro_id: hydro.id });
      report.found(
        `${named("Hydro", hydro)} begins its filling with ${value} hm³, expected ${wanted}`,
        {
          entity_id: hydro.id,
          path: [...path, "value_hm3"],
          field: "filling_storage.value_hm3",
          value,
          min: 0,
          max: later ? 0 : hydro.minStorageHm3,
        },
        "Correct the volume, or start the filling with the study",
      );
    }
  },
});

const slow = rule({
  id: "semantic.5b.33",
  layer: 5,
  kind: "PhysicalConstraint",
  severity: "error",
  file: HYDROS,
  description: "v0.18: the least inflow of a filling reaches the minimum storage before the entry",
  check(input, report) {
    if (input.dialect === "v0.18") reportSlow(input, report);
  },
});

const slowV05 = rule({
  id: "N-3",
  layer: 5,
  kind: "PhysicalConstraint",
  severity: "warning",
  file: HYDROS,
  description: "v0.5: the inflow of a filling reaches the minimum storage before the entry",
  check(input, report) {
    if (input.dialect === "v0.5") reportSlow(input, report);
  },
});

function reportSlow(input: Case, report: RuleReport<"PhysicalConstraint">): void {
  const { stages } = input.system.horizon;
  const last = stages.at(-1)?.id ?? 0;
  const rates = new Map<string, number>();
  const { rows, entity_id, stage_id, block_id, filling_min_rate_m3s } =
    input.system.overrides.hydro;
  for (let row = 0; row < rows; row++) {
    const rate = filling_min_rate_m3s[row]!;
    if (block_id[row] !== ALL_BLOCKS || Number.isNaN(rate)) continue;
    rates.set(`${entity_id[row]},${stage_id[row]}`, rate);
  }
  for (const hydro of fillingHydros(input)) {
    const { entryStageId, filling } = hydro;
    // A filling that is not over by the end of the study is judged by a later one.
    if (entryStageId === null || entryStageId > last) continue;
    if (filling.startStageId >= entryStageId) continue;
    const volume = (stage: Stage): number =>
      (rates.get(`${hydro.id},${stage.id}`) ?? filling.minRateM3s) * stageHours(stage) *
      VOLUME_PER_FLOW;
    const gained = stages
      .filter((stage) => stage.id >= filling.startStageId && stage.id < entryStageId)
      .reduce((sum, stage) => sum + volume(stage), 0);
    const wanted = hydro.minStorageHm3 - (seedOf(input, hydro) ?? 0);
    if (gained >= wanted - TOLERANCE) continue;
    report.found(
      `${named("Hydro", hydro)} gains ${gained.toPrecision(4)} hm³ by its filling before stage ` +
        `${entryStageId}, expected ${wanted} hm³ to reach min_storage_hm3`,
      {
        entity_id: hydro.id,
        at: ["filling"],
        detail: `filling from stage ${filling.startStageId} to stage ${entryStageId - 1}`,
      },
      "Raise the rate of the filling, or start it earlier",
    );
  }
}

const withoutFilling = rule({
  id: "N-3.storage",
  layer: 5,
  kind: "PhysicalConstraint",
  severity: "warning",
  file: INITIAL,
  description: "A hydro of filling_storage has a filling",
  check(input, report) {
    const hydros = new Map(input.system.hydros.map((hydro) => [hydro.id, hydro]));
    for (const { hydroId } of input.system.initial.fillingStorage) {
      const hydro = hydros.get(hydroId);
      if (hydro === undefined || hydro.filling !== null) continue;
      report.found(
        `${named("Hydro", hydro)} is in filling_storage, but has no filling in ${HYDROS}`,
        {
          entity_id: hydroId,
          path: rawPath(input, INITIAL, ["filling_storage"], { hydro_id: hydroId }),
          detail: "filling_storage is for reservoirs that are being filled",
        },
        "Move the volume to storage, or give the hydro a filling",
      );
    }
  },
});

/** The rules of fillings. */
export const rules: readonly Rule[] = [
  start,
  phases,
  seed,
  slow,
  slowV05,
  withoutFilling,
];
