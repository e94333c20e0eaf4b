/** The tables of a study that are the same in both layouts, or nearly. */
import type { OutputColumn } from "../../src/files/mod.ts";
import { monthOf } from "./calendar.ts";
import { type CaseContent, integers, reals } from "./case_content.ts";
import type { Study } from "./study.ts";

/** Tables without a difference between the layouts. */
export function commonTables(study: Study): CaseContent {
  const content: CaseContent = {
    "scenarios/inflow_seasonal_stats.parquet": inflowStats(study),
    "scenarios/load_seasonal_stats.parquet": loadStats(study),
  };
  const curved = study.plants.some((plant) => plant.head !== null);
  if (!curved) return content;
  return {
    ...content,
    "system/hydro_geometry.parquet": geometry(study),
    "system/fpha_hyperplanes.parquet": planes(study),
  };
}

/** Means and deviations of inflows, from the months before the study that lags look back to. */
function inflowStats({ plants, size }: Study): OutputColumn[] {
  const rows = plants.flatMap((plant, id) =>
    stagesFrom(-size.order, size.stages).map((stage) => ({ plant, id, stage }))
  );
  return [
    integers("hydro_id", rows.map(({ id }) => id)),
    integers("stage_id", rows.map(({ stage }) => stage)),
    reals("mean_m3s", rows.map(({ plant, stage }) => plant.meanM3s[monthOf(stage)]!)),
    reals("std_m3s", rows.map(({ plant, stage }) => plant.deviationM3s[monthOf(stage)]!)),
  ];
}

/** The coefficients of the inflow models; the older layout gives what they leave unexplained too. */
export function inflowCoefficients({ plants, size }: Study, withRatios: boolean): OutputColumn[] {
  const rows = plants.flatMap(({ models }, id) =>
    stagesFrom(0, size.stages).flatMap((stage) => {
      const { phi, ratio } = models[monthOf(stage)]!;
      return phi.map((coefficient, index) => ({ id, stage, lag: index + 1, coefficient, ratio }));
    })
  );
  const columns = [
    integers("hydro_id", rows.map(({ id }) => id)),
    integers("stage_id", rows.map(({ stage }) => stage)),
    integers("lag", rows.map(({ lag }) => lag)),
    reals("coefficient", rows.map(({ coefficient }) => coefficient)),
  ];
  if (withRatios) columns.push(reals("residual_std_ratio", rows.map(({ ratio }) => ratio)));
  return columns;
}

function loadStats({ buses }: Study): OutputColumn[] {
  const rows = buses.flatMap(({ loadMw }, id) => loadMw.map((mw, stage) => ({ id, stage, mw })));
  return [
    integers("bus_id", rows.map(({ id }) => id)),
    integers("stage_id", rows.map(({ stage }) => stage)),
    reals("mean_mw", rows.map(({ mw }) => mw)),
    reals("std_mw", rows.map(({ mw }) => LOAD_SPREAD * mw)),
  ];
}

/** Deviation of a load over its mean. */
const LOAD_SPREAD = 0.01;

/** Volume, level and area of reservoirs from empty to full. */
function geometry({ plants }: Study): OutputColumn[] {
  const steps = [0, 0.25, 0.5, 0.75, 1];
  const rows = plants.flatMap(({ head, minStorageHm3: min, maxStorageHm3: max }, id) =>
    head === null ? [] : steps.map((share) => ({
      id,
      volume: min + share * (max - min),
      height: head.leastM + share * (head.mostM - head.leastM),
      area: (max - min) / (head.mostM - head.leastM) * (1 + 0.5 * share),
    }))
  );
  return [
    integers("hydro_id", rows.map(({ id }) => id)),
    reals("volume_hm3", rows.map(({ volume }) => volume)),
    reals("height_m", rows.map(({ height }) => height)),
    reals("area_km2", rows.map(({ area }) => area)),
  ];
}

function planes({ plants }: Study): OutputColumn[] {
  const rows = plants.flatMap(({ head }, id) =>
    (head?.planes ?? []).map((plane, index) => ({ id, plane, index }))
  );
  const stages = new Int32Array(rows.length);
  return [
    integers("hydro_id", rows.map(({ id }) => id)),
    // Null for every stage: the planes hold throughout.
    { name: "stage_id", type: "i32", values: stages, nulls: new Uint8Array(rows.length).fill(1) },
    integers("plane_id", rows.map(({ index }) => index)),
    reals("gamma_0", rows.map(({ plane }) => plane.constant)),
    reals("gamma_v", rows.map(({ plane }) => plane.v)),
    reals("gamma_q", rows.map(({ plane }) => plane.q)),
    reals("gamma_s", rows.map(({ plane }) => plane.s)),
    reals("kappa", rows.map(() => 1)),
  ];
}

function stagesFrom(first: number, end: number): number[] {
  return Array.from({ length: end - first }, (_, index) => first + index);
}
