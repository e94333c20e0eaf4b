import assert from "node:assert/strict";
import { COBRE_VERSION } from "../../src/protocol/mod.ts";
import { cobre } from "./cobre.ts";

Deno.test("version tells what the program is made of, and --version only the version", async () => {
  const { stdout, stderr, code } = await cobre(["version"], { env: { COBRE_SOLVER: "wasm" } });
  assert.deepEqual([code, stderr], [0, ""]);
  const labels = ["cobre", "solver", "", "comm", "zstd", "arch", "runtime", "build"];
  assert.deepEqual(stdout.trim().split("\n").map((line) => line.slice(0, 9).trim()), labels);
  assert.match(stdout, /^solver {3}HiGHS \d+\.\d+\.\d+ \(built in\)\n {9}COBRE_SOLVER asks for/m);
  assert.match(stdout, new RegExp(`^runtime {2}Deno ${Deno.version.deno}, `, "m"));
  assert.equal((await cobre(["--version"])).stdout, `cobre ${COBRE_VERSION}\n`);
  assert.equal((await cobre(["-V"])).stdout, `cobre ${COBRE_VERSION}\n`);
});

Deno.test("a solver that cannot be had is a fault of the settings, and the log tells what was tried", async () => {
  for (const env of [{ COBRE_SOLVER: "none" }, { COBRE_HIGHS_LIB: "/no/such/library.so" }]) {
    const { code, stderr } = await cobre(["version"], { env });
    assert.equal(code, 1);
    assert.match(stderr, new RegExp(`^error: ${Object.keys(env)[0]} `));
  }
  const env = { COBRE_SOLVER: "wasm", COBRE_LOG: "info" };
  const { stderr } = await cobre(["version"], { env });
  assert.match(stderr, /INFO {2}solver not taken origin=system /);
});
