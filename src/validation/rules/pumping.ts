/** Pumping stations and the reservoirs at their ends. */
import { isActive } from "../../model/mod.ts";
import { type Rule, rule } from "../rule.ts";
import { named, stageList } from "../wording.ts";

const FILE = "system/pumping_stations.json";

/** The rules of pumping stations. */
export const rules: readonly Rule[] = [
  rule({
    id: "semantic.5a.52",
    layer: 5,
    kind: "PhysicalConstraint",
    severity: "error",
    file: FILE,
    description: "A pumping station operates only while both reservoirs do",
    check({ system }, report) {
      const hydros = new Map(system.hydros.map((hydro) => [hydro.id, hydro]));
      for (const station of system.stations) {
        const ends = { source: station.sourceHydroId, destination: station.destinationHydroId };
        for (const [end, id] of Object.entries(ends)) {
          const hydro = hydros.get(id);
          if (hydro === undefined) continue;
          const stages = system.horizon.stages.map((stage) => stage.id)
            .filter((stageId) => isActive(station, stageId) && !isActive(hydro, stageId));
          if (stages.length === 0) continue;
          report.found(
            `${named("Pumping station", station)} operates at ${stageList(stages)}, but its ` +
              `${end}, ${named("hydro", hydro)}, does not`,
            {
              entity_id: station.id,
              at: [`${end}_hydro_id`],
              detail: "a reservoir takes part in pumping only while it operates",
            },
            "Give the station the entry_stage_id and exit_stage_id of its reservoirs",
          );
        }
      }
    },
  }),
];
