import assert from "node:assert/strict";
import { seasonModels } from "./fixtures/periodic_ar.ts";
import { makeFixtures } from "./make_fixtures.ts";

async function filesBelow(folder: string, prefix = ""): Promise<string[]> {
  const found: string[] = [];
  for await (const entry of Deno.readDir(folder)) {
    const path = prefix + entry.name;
    if (entry.isDirectory) {
      found.push(...await filesBelow(`${folder}/${entry.name}`, `${path}/`));
    } else found.push(path);
  }
  return found.sort();
}

Deno.test("the templates in fixtures/ are what the script writes", async () => {
  const committed = new URL("../fixtures/templates", import.meta.url).pathname;
  const fresh = await Deno.makeTempDir({ prefix: "cobre_fixtures_" });
  try {
    await makeFixtures(fresh);
    const files = await filesBelow(fresh);
    assert.deepEqual(await filesBelow(committed), files);
    for (const file of files) {
      const [a, b] = [
        Deno.readFileSync(`${committed}/${file}`),
        Deno.readFileSync(`${fresh}/${file}`),
      ];
      assert.ok(a.length === b.length && a.every((byte, at) => byte === b[at]), `${file} differs`);
    }
  } finally {
    await Deno.remove(fresh, { recursive: true });
  }
});

Deno.test("the inflow model keeps the spread and the correlations it was made from", () => {
  const lag1 = [0.5, 0.6, 0.8, 0.7];
  const models = seasonModels(lag1);
  // Follow the covariances of x(t) = φ1·x(t−1) + φ2·x(t−2) + ratio·η from a start that is wrong.
  let [variance, variance1, covariance] = [4, 0.25, 0];
  for (let t = 0; t < 400; t++) {
    const { phi: [a, b], residualStdRatio } = models[t % 4]!;
    const next = a * a * variance + b * b * variance1 + 2 * a * b * covariance +
      residualStdRatio ** 2;
    [variance, variance1, covariance] = [next, variance, a * variance + b * covariance];
    if (t < 396) continue;
    assert.ok(Math.abs(variance - 1) < 1e-9, `variance ${variance} in season ${t % 4}`);
    assert.ok(Math.abs(covariance - lag1[t % 4]!) < 1e-9);
  }
});
