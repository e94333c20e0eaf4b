import assert from "node:assert/strict";
import fc from "fast-check";
import { envelope } from "./envelope.ts";
import type { EventOf } from "./events.ts";
import { EventSchema } from "./events.ts";
import { LineSchema } from "./line_schemas.ts";
import {
  eventLine,
  formatLine,
  type Line,
  resultLine,
  simulationProgressLine,
  startedLine,
  terminatedLine,
  trainingProgressLine,
} from "./lines.ts";

const started: EventOf<"TrainingStarted"> = {
  event: "TrainingStarted",
  case_name: "case_001",
  stages: 120,
  hydros: 164,
  thermals: 82,
  ranks: 8,
  threads_per_rank: 16,
  timestamp: "2026-02-25T10:00:00Z",
};
const update: EventOf<"ConvergenceUpdate"> = {
  event: "ConvergenceUpdate",
  iteration: 42,
  lower_bound: 72105.4,
  upper_bound: 73211.8,
  upper_bound_std: 1842.3,
  ci_95: 361.1,
  gap: 0.0151,
  wall_time_ms: 523400,
  iteration_time_ms: 12400,
  upper_bound_kind: "statistical",
  rules_evaluated: [{ rule_name: "iteration_limit", triggered: false, detail: "42 of 100" }],
};
const progress: EventOf<"SimulationProgress"> = {
  event: "SimulationProgress",
  scenarios_complete: 500,
  scenarios_total: 2000,
  elapsed_ms: 34200,
  scenario_cost: 71000,
};
const finished: EventOf<"TrainingFinished"> = {
  event: "TrainingFinished",
  reason: "bound_stalling",
  iterations: 87,
  final_lb: 72105.4,
  final_ub: 73211.8,
  total_time_ms: 1082400,
  total_cuts: 10440,
};
const stream: Line[] = [
  startedLine("/data/case_001", started),
  trainingProgressLine(update),
  simulationProgressLine(progress),
  terminatedLine(finished),
  resultLine(envelope({ command: "run" })),
  eventLine(update),
];

Deno.test("the records of a run satisfy their schema and start with their type", () => {
  for (const event of [started, update, progress, finished]) {
    assert.deepEqual(EventSchema.parse(event), event);
  }
  for (const record of stream) {
    const text = formatLine(record);
    assert.match(text, /^\{"type":"[a-z]+",[^\n]+\}\n$/);
    assert.deepEqual(LineSchema.parse(JSON.parse(text)), record);
  }
});

Deno.test("a training progress line has exactly the eight fields of the convergence record", () => {
  const line = trainingProgressLine(update);
  assert.deepEqual(Object.keys(line), [
    "type",
    "iteration",
    "lower_bound",
    "upper_bound",
    "upper_bound_std",
    "ci_95",
    "gap",
    "wall_time_ms",
    "iteration_time_ms",
  ]);
  assert.equal(LineSchema.safeParse({ ...line, lp_solves: 3 }).success, false);
});

Deno.test("simulation progress is told from training by its phase and carries no more", () => {
  assert.deepEqual(simulationProgressLine(progress), {
    type: "progress",
    phase: "simulation",
    scenarios_complete: 500,
    scenarios_total: 2000,
    elapsed_ms: 34200,
  });
});

Deno.test("a result line is the envelope behind its type", () => {
  const answer = envelope({ command: "run" });
  const { type, ...rest } = JSON.parse(formatLine(resultLine(answer)));
  assert.equal(type, "result");
  assert.deepEqual(rest, JSON.parse(JSON.stringify(answer)));
});

Deno.test("numbers that are not finite become null", () => {
  const line = formatLine({ ...trainingProgressLine(update), upper_bound: NaN, gap: -Infinity });
  const read = LineSchema.parse(JSON.parse(line));
  assert.deepEqual(read, { ...trainingProgressLine(update), upper_bound: null, gap: null });
});

Deno.test("any text stays on one line and is read back unchanged", () => {
  const text = fc.string({
    unit: fc.oneof(fc.constantFrom("\u2028", "\u2029", "\n", "\r", '"'), fc.string()),
  });
  fc.assert(fc.property(text, (name) => {
    const line = formatLine(startedLine(name, started));
    assert.equal(line.search(/[\n\r\u2028\u2029]/), line.length - 1);
    assert.equal(JSON.parse(line).case, name);
  }));
});
