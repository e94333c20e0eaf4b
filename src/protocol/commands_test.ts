import assert from "node:assert/strict";
import { COMMANDS } from "./command_names.ts";
import { COMMAND_DATA } from "./commands.ts";

Deno.test("every subcommand says what it answers", () => {
  assert.deepEqual(Object.keys(COMMAND_DATA).sort(), [...COMMANDS].sort());
});

Deno.test("a run may have trained, simulated, or both", () => {
  const training = {
    iterations: 87,
    final_lower_bound: 72105.4,
    final_upper_bound: null,
    final_gap: null,
    termination_reason: "bound_stalling",
    total_cuts: 10440,
    wall_time_ms: 1082400,
  };
  const simulation = { scenarios: 2000, output_files: ["simulation/costs/"], wall_time_ms: 245000 };
  for (const phases of [{ training, simulation: null }, { training: null, simulation }]) {
    const data = { output_directory: "/data/case_001/output", ...phases };
    assert.deepEqual(COMMAND_DATA.run.data.parse(data), data);
  }
  const unknown = { ...training, termination_reason: "boredom" };
  const data = { output_directory: "/data/out", training: unknown, simulation: null };
  assert.equal(COMMAND_DATA.run.data.safeParse(data).success, false);
});

Deno.test("commands without a result answer null", () => {
  for (const command of ["serve", "tui"] as const) {
    assert.equal(COMMAND_DATA[command].data.safeParse(null).success, true);
    assert.equal(COMMAND_DATA[command].data.safeParse({}).success, false);
  }
});
