/** Many copies of a study beside each other in one: for seeing how reading grows with the input. */
import type { Study } from "./study.ts";

/** One study with so many copies of the system, each with its own ids and no lines between them. */
export function sideBySide(study: Study, copies: number): Study {
  const { plants, thermals, buses, lines, pastInflowsM3s, weatherGroups } = study;
  const repeat = <T>(list: readonly T[], shift: (item: T, copy: number) => T): T[] =>
    Array.from({ length: copies }, (_, copy) => list.map((item) => shift(item, copy))).flat();
  const rivers = 1 + Math.max(...plants.map((plant) => plant.river));
  return {
    ...study,
    size: {
      ...study.size,
      plants: copies * plants.length,
      thermals: copies * thermals.length,
      buses: copies * buses.length,
    },
    plants: repeat(plants, (plant, copy) => ({
      ...plant,
      river: plant.river + copy * rivers,
      bus: plant.bus + copy * buses.length,
      downstream: plant.downstream === null ? null : plant.downstream + copy * plants.length,
    })),
    thermals: repeat(thermals, (thermal, copy) => ({
      ...thermal,
      bus: thermal.bus + copy * buses.length,
    })),
    buses: repeat(buses, (bus) => bus),
    lines: repeat(lines, (line, copy) => ({
      ...line,
      source: line.source + copy * buses.length,
      target: line.target + copy * buses.length,
    })),
    pastInflowsM3s: repeat(pastInflowsM3s, (lags) => lags),
    weatherGroups: repeat(weatherGroups, (ids, copy) => ids.map((id) => id + copy * plants.length)),
  };
}
