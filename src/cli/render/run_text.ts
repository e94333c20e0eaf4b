/** How a run reads while it goes on and when it has ended. */
import { counted, type EventOf } from "../../protocol/mod.ts";
import type { RunOutcome } from "../../study/mod.ts";
import type { Page } from "../page.ts";

/** What the header and the progress of a run are made from. */
type Started = EventOf<"TrainingStarted"> | EventOf<"SimulationStarted">;
type Update = EventOf<"ConvergenceUpdate">;

/** The block that opens a run. */
export function runHeader(started: Started, casePath: string, page: Page): string {
  const rule = "═".repeat(Math.min(page.width, 72));
  const title = started.event === "TrainingStarted"
    ? "Cobre SDDP Training"
    : "Cobre Policy Simulation";
  return [
    rule,
    page.paint("strong", title),
    `Case: ${casePath}`,
    `Started: ${started.timestamp}`,
    `Ranks: ${started.ranks} | Threads/rank: ${started.threads_per_rank} | ` +
    `Stages: ${started.stages} | Hydros: ${started.hydros}`,
    rule,
    "",
  ].join("\n");
}

/** The line of an iteration. */
export function iterationLine(update: Update): string {
  const { iteration, lower_bound, upper_bound, ci_95, gap } = update;
  return `Iter ${String(iteration).padStart(4)} | LB: ${money(lower_bound)} | ` +
    `UB: ${money(upper_bound)} ± ${spread(ci_95)} | Gap: ${percent(gap)}%\n`;
}

/** The block that closes the training; `last` is null when no iteration was completed. */
export function trainingEnd(
  finished: EventOf<"TrainingFinished">,
  last: Update | null,
  stages: number,
  page: Page,
): string {
  const { reason, iterations, total_time_ms, total_cuts } = finished;
  const detail = last?.rules_evaluated.find(({ rule_name }) => rule_name === reason)?.detail;
  const head = `${reason.toUpperCase()} after ${counted(iterations, "iteration")}` +
    (detail === undefined ? "" : ` (${detail})`);
  const lines = [
    page.paint("strong", head),
    `Total time: ${duration(total_time_ms)}` +
    (iterations > 0 ? ` | Avg iteration: ${duration(total_time_ms / iterations)}` : ""),
  ];
  if (last !== null) {
    lines.push(
      `Final LB: ${money(last.lower_bound)} | ` +
        `Final UB: ${money(last.upper_bound)} ± ${spread(last.ci_95)} | Gap: ${percent(last.gap)}%`,
    );
  }
  const pools = Math.max(1, stages - 1);
  lines.push(`Total cuts: ${total_cuts} | Cuts/stage: ~${Math.round(total_cuts / pools)}`);
  return lines.join("\n") + "\n";
}

/** The lines that close a run. */
export function runEnd({ simulation, coldCheck, outputDirectory }: RunOutcome, page: Page): string {
  const lines: string[] = [];
  if (simulation !== null) {
    const { scenarios, cost, wallTimeMs } = simulation;
    const head = `Simulation complete in ${duration(wallTimeMs)} ` +
      `(${counted(scenarios, "scenario")})`;
    lines.push(
      page.paint("strong", head),
      `Mean cost: ${money(cost.mean)} ± ${spread(cost.halfWidth95)} | Std: ${spread(cost.std)}`,
    );
  }
  if (coldCheck !== null) {
    const { problems, largest_difference, stage } = coldCheck;
    lines.push(
      `Cold check: ${counted(problems, "problem")} solved again, largest relative difference ` +
        `${spread(largest_difference)} in stage ${stage}`,
    );
  }
  lines.push(`Results: ${outputDirectory}`);
  return lines.map((line) => `${line}\n`).join("");
}

/** A bar that is drawn over itself on a terminal. */
export function progressBar(done: number, total: number, width: number): string {
  const text = ` ${done}/${total} scenarios`;
  const room = Math.max(10, Math.min(40, width - text.length - 2));
  const filled = total === 0 ? room : Math.floor(room * done / total);
  return `[${"#".repeat(filled)}${"-".repeat(room - filled)}]${text}`;
}

/** A span of time as people read it. */
export function duration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  const two = (value: number): string => String(value).padStart(2, "0");
  return seconds < 3600
    ? `${Math.floor(seconds / 60)} min ${two(seconds % 60)} s`
    : `${Math.floor(seconds / 3600)} h ${two(Math.floor(seconds % 3600 / 60))} min`;
}

/** Events hold null where a number is not finite. */
type Real = number | null;

function money(value: Real): string {
  return value === null ? "none" : value.toExponential(5);
}

function spread(value: Real): string {
  return value === null ? "none" : value.toExponential(2);
}

function percent(gap: Real): string {
  if (gap === null) return "none";
  const text = (100 * gap).toFixed(2);
  return text === "-0.00" ? "0.00" : text;
}
