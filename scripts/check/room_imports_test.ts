import assert from "node:assert/strict";
import { checkRoomImports } from "./room_imports.ts";
import { importableFrom, ROOMS } from "./rooms.ts";

function messages(path: string, specifier: string): string[] {
  return checkRoomImports([{ path, text: `import { a } from "${specifier}";` }])
    .map((problem) => `${problem.line} ${problem.message}`);
}

const ALLOWED = [
  ["src/study/run.ts", "../sddp/mod.ts"],
  ["src/case/read.ts", "../numeric/mod.ts"],
  ["src/validation/rules.ts", "../case/mod.ts"],
  ["src/case/read.ts", "../protocol/schemas.ts"],
  ["src/lp/layout.ts", "./template.ts"],
  ["src/cli/version.ts", "../../deno.json"],
  ["src/tui/app.ts", "../events/mod.ts"],
  ["main.ts", "./src/cli/mod.ts"],
  ["mod.ts", "./src/study/mod.ts"],
  ["tests/known_answers_test.ts", "../src/study/mod.ts"],
  ["scripts/check.ts", "./check/rooms.ts"],
] as const;

for (const [path, specifier] of ALLOWED) {
  Deno.test(`${path} may import ${specifier}`, () => {
    assert.deepEqual(messages(path, specifier), []);
  });
}

const REFUSED = [
  ["src/sddp/forward.ts", "../study/mod.ts", /sddp must not import study/],
  ["src/protocol/error.ts", "../numeric/mod.ts", /protocol must not import numeric; .*no other/],
  ["src/numeric/dates.ts", "../protocol/mod.ts", /numeric must not import protocol/],
  ["src/model/system.ts", "../numeric/mod.ts", /model must not import numeric/],
  ["src/events/bus.ts", "../files/mod.ts", /events must not import files/],
  ["src/case/read.ts", "../events/mod.ts", /case must not import events/],
  ["src/validation/rules.ts", "../solver/mod.ts", /validation must not import solver/],
  ["src/tui/app.ts", "../study/mod.ts", /tui must not import study/],
  ["src/study/run_test.ts", "../cli/mod.ts", /study must not import cli/],
  ["src/sddp/forward.ts", "../../mod.ts", /sddp must not import mod\.ts/],
  ["mod.ts", "./src/cli/mod.ts", /mod\.ts must not import cli/],
  ["src/sddp/forward.ts", "../lp/layout.ts", /from src\/lp\/mod\.ts/],
  ["src/case/read.ts", "../protocol/error_schemas.ts", /mod\.ts or src\/protocol\/schemas\.ts/],
  ["tests/known_answers_test.ts", "../src/lp/layout.ts", /from src\/lp\/mod\.ts/],
  ["src/sddp/forward.ts", "../../scripts/bench/measure.ts", /not part of the program/],
] as const;

for (const [path, specifier, expected] of REFUSED) {
  Deno.test(`${path} must not import ${specifier}`, () => {
    const found = messages(path, specifier);
    assert.equal(found.length, 1);
    assert.match(found[0]!, expected);
    assert.match(found[0]!, /^1 /);
  });
}

Deno.test("a worker is held to the same direction", () => {
  const text = 'new Worker(new URL("../sddp/worker.ts", import.meta.url));';
  assert.equal(checkRoomImports([{ path: "src/parallel/pool.ts", text }]).length, 1);
});

Deno.test("a file or room that the table does not know is a problem", () => {
  assert.match(checkRoomImports([{ path: "src/a.ts", text: "" }])[0]!.message, /in no room/);
  assert.match(checkRoomImports([{ path: "src/attic/a.ts", text: "" }])[0]!.message, /attic/);
});

Deno.test("no room of the table may import itself or a room above it", () => {
  ROOMS.forEach((room, index) => {
    for (const name of importableFrom(room.name)) {
      assert.ok(ROOMS.findIndex((other) => other.name === name) > index, `${room.name} → ${name}`);
    }
  });
});
