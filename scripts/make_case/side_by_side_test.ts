import assert from "node:assert/strict";
import { sideBySide } from "./side_by_side.ts";
import { SIZES } from "./size.ts";
import { makeStudy } from "./study.ts";

Deno.test("copies stand on their own: what belongs together stays in one copy", () => {
  const single = makeStudy(SIZES.M, 2);
  const copies = 3;
  const { plants, thermals, buses, lines, size, weatherGroups } = sideBySide(single, copies);
  assert.equal(plants.length, size.plants);
  assert.equal(thermals.length, copies * single.thermals.length);
  const copyOfBus = (bus: number): number => Math.floor(bus / single.buses.length);
  const copyOfPlant = (id: number): number => Math.floor(id / single.plants.length);
  plants.forEach(({ downstream, bus }, id) => {
    assert.equal(copyOfBus(bus), copyOfPlant(id));
    if (downstream !== null) assert.equal(copyOfPlant(downstream), copyOfPlant(id));
  });
  assert.ok(lines.every(({ source, target }) => copyOfBus(source) === copyOfBus(target)));
  assert.equal(Math.max(...thermals.map(({ bus }) => bus)), buses.length - 1);
  assert.equal(new Set(plants.map((plant) => plant.river)).size, copies * 5);
  assert.deepEqual(weatherGroups.flat(), plants.map((_, id) => id));
});
