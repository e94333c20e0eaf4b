/** Shows a run while it goes on: text for people, lines of JSON for programs. */
import {
  type CobreEvent,
  type EventOf,
  formatLine,
  type Line,
  simulationProgressLine,
  startedLine,
  terminatedLine,
  trainingProgressLine,
} from "../protocol/mod.ts";
import type { Globals } from "./global_flags.ts";
import { pageOf } from "./page.ts";
import { iterationLine, progressBar, runHeader, trainingEnd } from "./render/run_text.ts";
import type { Stream, Terminal } from "./terminal.ts";

/** Watches a run. */
export interface RunWatch {
  /** To be called with every event of the run. */
  hear(event: CobreEvent): void;
  /** The run is over; ends when all is written. */
  finish(): Promise<void>;
}

/** A run that has begun without training ends without it too. */
const ONLY_SIMULATED = {
  reason: "completed",
  iterations: 0,
  final_lb: null,
  final_ub: null,
  total_cuts: 0,
} as const;

/** The watch that the global flags ask for; `casePath` is absolute. */
export function watchRun(casePath: string, globals: Globals, terminal: Terminal): RunWatch {
  const { outputFormat, quiet } = globals;
  if (outputFormat === "json-lines" && !quiet) return lineWatch(casePath, globals, terminal.stdout);
  if (outputFormat === "human" && !quiet) return textWatch(casePath, globals, terminal);
  return { hear() {}, finish: () => Promise.resolve() };
}

/** Writes in order without making the run wait. */
function queue(stream: Stream): { add(text: string): void; done(): Promise<void> } {
  let last = Promise.resolve();
  return {
    add: (text) => void (last = last.then(() => stream.write(text))),
    done: () => last,
  };
}

function lineWatch(casePath: string, { progress }: Globals, stdout: Stream): RunWatch {
  const out = queue(stdout);
  const say = (line: Line): void => out.add(formatLine(line));
  let started = false;
  let start = 0;
  let trained: EventOf<"TrainingFinished"> | null = null;
  return {
    hear(event) {
      switch (event.event) {
        case "TrainingStarted":
        case "SimulationStarted":
          if (!started) say(startedLine(casePath, event));
          if (!started) start = performance.now();
          started = true;
          return;
        case "ConvergenceUpdate":
          if (progress) say(trainingProgressLine(event));
          return;
        case "SimulationProgress":
          if (progress) say(simulationProgressLine(event));
          return;
        case "TrainingFinished":
          trained = event;
          return;
      }
    },
    finish() {
      if (started) {
        const total_time_ms = Math.round(performance.now() - start);
        say(terminatedLine(trained ?? { ...ONLY_SIMULATED, total_time_ms }));
      }
      return out.done();
    },
  };
}

function textWatch(casePath: string, globals: Globals, terminal: Terminal): RunWatch {
  const { stdout, stderr, env } = terminal;
  const out = queue(stdout);
  const page = pageOf(stdout, globals.color, env);
  const bar = globals.progress && stderr.isTerminal ? queue(stderr) : null;
  let last: EventOf<"ConvergenceUpdate"> | null = null;
  let stages: number | null = null;
  return {
    hear(event) {
      switch (event.event) {
        case "TrainingStarted":
        case "SimulationStarted":
          if (stages === null) out.add(runHeader(event, casePath, page));
          stages = event.stages;
          return;
        case "ConvergenceUpdate":
          last = event;
          if (globals.progress) out.add(iterationLine(event));
          return;
        case "TrainingFinished":
          out.add(trainingEnd(event, last, stages ?? 0, page));
          return;
        case "SimulationProgress": {
          const { scenarios_complete: done, scenarios_total: total } = event;
          bar?.add(`\r${progressBar(done, total, page.width)}`);
          return;
        }
        case "SimulationFinished":
          bar?.add("\r\x1b[K");
          return;
      }
    },
    async finish() {
      await out.done();
      await bar?.done();
    },
  };
}
