/** External inflow scenarios: long tables, drawn from the inflow models of a study. */
import { Random } from "./random.ts";
import { monthOf } from "./calendar.ts";
import type { Study } from "./study.ts";
import type { OutputColumn } from "../../src/files/mod.ts";

/** An inflow is never less than this share of its mean. */
const LEAST_SHARE = 0.02;

/**
 * The columns of `external_inflow_scenarios`: rows by stage, scenario and hydro, as programs write
 * them. Every scenario follows the models from the inflows before the study.
 */
export function externalInflows(study: Study, scenarios: number): OutputColumn[] {
  const { plants, size: { stages, order } } = study;
  const rows = stages * scenarios * plants.length;
  const stageIds = new Int32Array(rows);
  const scenarioIds = new Int32Array(rows);
  const hydroIds = new Int32Array(rows);
  const values = new Float64Array(rows);
  // Its own stream, so that the study is the same with and without scenarios.
  const random = new Random(study.seed + 1);
  const rivers = 1 + Math.max(...plants.map((plant) => plant.river));
  const riverWeather = new Float64Array(rivers);
  // Standardised inflows of the last months, by scenario, plant and lag, in a ring of slots.
  const past = new Float64Array(scenarios * plants.length * order);
  startPast(study, scenarios, past);
  let row = 0;
  for (let stage = 0; stage < stages; stage++) {
    const month = monthOf(stage);
    for (let scenario = 0; scenario < scenarios; scenario++) {
      const country = random.normal();
      for (let river = 0; river < rivers; river++) riverWeather[river] = random.normal();
      for (let id = 0; id < plants.length; id++) {
        const { models, weather, river, meanM3s, deviationM3s } = plants[id]!;
        const own = Math.sqrt(1 - weather.country ** 2 - weather.river ** 2);
        const noise = weather.country * country + weather.river * riverWeather[river]! +
          own * random.normal();
        const { phi, ratio } = models[month]!;
        const start = (scenario * plants.length + id) * order;
        let z = ratio * noise;
        for (let lag = 0; lag < order; lag++) {
          z += phi[lag]! * past[start + (stage + order - 1 - lag) % order]!;
        }
        past[start + stage % order] = z;
        const mean = meanM3s[month]!;
        stageIds[row] = stage;
        scenarioIds[row] = scenario;
        hydroIds[row] = id;
        values[row] = Math.max(mean + deviationM3s[month]! * z, LEAST_SHARE * mean);
        row++;
      }
    }
  }
  return [
    { name: "stage_id", type: "i32", values: stageIds },
    { name: "scenario_id", type: "i32", values: scenarioIds },
    { name: "hydro_id", type: "i32", values: hydroIds },
    { name: "value_m3s", type: "f64", values },
  ];
}

function startPast(
  { plants, pastInflowsM3s, size: { order } }: Study,
  scenarios: number,
  past: Float64Array,
): void {
  for (let id = 0; id < plants.length; id++) {
    const { meanM3s, deviationM3s } = plants[id]!;
    pastInflowsM3s[id]!.forEach((inflow, lag) => {
      const month = monthOf(-1 - lag);
      const z = (inflow - meanM3s[month]!) / deviationM3s[month]!;
      const slot = (order - 1 - lag) % order;
      for (let scenario = 0; scenario < scenarios; scenario++) {
        past[(scenario * plants.length + id) * order + slot] = z;
      }
    });
  }
}
