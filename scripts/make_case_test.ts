import assert from "node:assert/strict";
import { hashFile } from "../src/files/mod.ts";
import { makeCase, type Order, readOrder } from "./make_case.ts";

Deno.test("the command line says what to make, and what it leaves out has a default", () => {
  assert.deepEqual(readOrder(["--size", "S", "--out", "here"]), {
    size: "S",
    out: "here",
    layout: "v05",
    seed: 1,
    external: 0,
  });
  const full = ["--size=M", "--out=x", "--dialect=v18", "--seed=9", "--external=20"];
  assert.deepEqual(readOrder(full), {
    size: "M",
    out: "x",
    layout: "v18",
    seed: 9,
    external: 20,
  });
});

Deno.test("a command line that cannot be followed is refused in words", () => {
  assert.throws(() => readOrder(["--size", "S"]), /--out DIR is missing/);
  assert.throws(() => readOrder(["--out", "x"]), /--size is missing, expected one of S, M, L/);
  assert.throws(() => readOrder(["--out", "x", "--size", "XXL"]), /--size is XXL, expected/);
  assert.throws(() => readOrder(["--out", "x", "--size", "S", "--seed", "-1"]), /seed/);
  assert.throws(() => readOrder(["--out", "x", "--size", "S", "--dialect", "v1"]), /v05, v18/);
});

Deno.test("the same order gives the same files", async () => {
  const folder = await Deno.makeTempDir({ prefix: "cobre_made_" });
  try {
    const order: Order = { size: "S", out: "", layout: "v05", seed: 4, external: 3 };
    await makeCase({ ...order, out: `${folder}/a` });
    await makeCase({ ...order, out: `${folder}/b` });
    for (const file of ["system/hydros.json", "scenarios/external_inflow_scenarios.parquet"]) {
      const [a, b] = ["a", "b"].map((made) => hashFile(`${folder}/${made}/${file}`, file));
      assert.equal(await a, await b);
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
