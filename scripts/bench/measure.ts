/**
 * Measures programs from outside: time on the clock, processor time and peak memory of a child
 * process with all its threads. Programs that are compared run in turns, because a shared machine
 * drifts over minutes and would favour whichever ran in the quiet ones.
 */

const GNU_TIME = "/usr/bin/time";

/** A program to measure. */
export interface Variant {
  /** What the tables call it. */
  readonly label: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Runs before each measured run, unmeasured: say, to empty an output folder. */
  readonly prepare?: () => void | Promise<void>;
}

/** One run of a program. */
export interface Measurement {
  readonly wall_s: number;
  /** Processor time in user and system mode together. */
  readonly cpu_s: number;
  readonly peak_rss_mib: number;
  readonly stdout: string;
}

/** Several runs of one program. */
export interface Summary {
  readonly label: string;
  readonly runs: number;
  readonly wall_s: { readonly min: number; readonly median: number; readonly max: number };
  readonly cpu_s: { readonly median: number };
  readonly peak_rss_mib: { readonly max: number };
}

/** How a run gets processor time and memory of its child. */
export type Meter = (variant: Variant) => Promise<Measurement>;

/**
 * The best meter of this machine. GNU time asks the kernel for the totals of the finished process
 * and is exact; where it is not installed, the process is watched while it runs, which can miss
 * what happened after the last look, at most a hundredth of a second before its end.
 */
export async function findMeter(): Promise<Meter> {
  return await hasGnuTime() ? measureWithGnuTime : watchWithProc;
}

/** Runs one program under GNU time. */
export async function measureWithGnuTime(variant: Variant): Promise<Measurement> {
  const report = Deno.makeTempFileSync();
  try {
    const timed: Variant = {
      ...variant,
      command: GNU_TIME,
      args: ["--quiet", "-f", "%U %S %M", "-o", report, variant.command, ...variant.args],
    };
    const { wall_s, stdout } = await finish(timed, spawn(timed), performance.now());
    const [user, system, kib] = Deno.readTextFileSync(report).trim().split(" ").map(Number);
    return { wall_s, cpu_s: user! + system!, peak_rss_mib: kib! / 1024, stdout };
  } finally {
    Deno.removeSync(report);
  }
}

/** Runs one program and reads its counters in `/proc` until it ends; Linux only. */
export async function watchWithProc(variant: Variant): Promise<Measurement> {
  const start = performance.now();
  const child = spawn(variant);
  let cpu_s = 0;
  let peak_rss_mib = 0;
  const look = (): void => {
    cpu_s = Math.max(cpu_s, processorSeconds(readProc(child.pid, "stat")));
    peak_rss_mib = Math.max(peak_rss_mib, peakMemory(readProc(child.pid, "status")));
  };
  const timer = setInterval(look, 5);
  try {
    const { wall_s, stdout } = await finish(variant, child, start);
    return { wall_s, cpu_s, peak_rss_mib, stdout };
  } finally {
    clearInterval(timer);
  }
}

/**
 * Runs every variant `rounds` times, turn by turn, after one unmeasured turn that fills the caches.
 * Every other round goes backwards, so that none always follows the same neighbour.
 */
export async function interleave(
  variants: readonly Variant[],
  rounds: number,
  meter: Meter,
): Promise<Map<string, Measurement[]>> {
  const results = new Map(variants.map((variant) => [variant.label, [] as Measurement[]]));
  for (let round = 0; round <= rounds; round++) {
    for (const variant of round % 2 === 0 ? variants : variants.toReversed()) {
      await variant.prepare?.();
      const measurement = await meter(variant);
      if (round > 0) results.get(variant.label)!.push(measurement);
    }
  }
  return results;
}

/** Minimum, median and maximum of the runs of one variant. */
export function summarise(label: string, runs: readonly Measurement[]): Summary {
  const wall = runs.map((run) => run.wall_s);
  return {
    label,
    runs: runs.length,
    wall_s: { min: Math.min(...wall), median: median(wall), max: Math.max(...wall) },
    cpu_s: { median: median(runs.map((run) => run.cpu_s)) },
    peak_rss_mib: { max: Math.max(...runs.map((run) => run.peak_rss_mib)) },
  };
}

/** The middle value, or the mean of the two middle ones. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

async function hasGnuTime(): Promise<boolean> {
  try {
    const { success } = await new Deno.Command(GNU_TIME, {
      args: ["--quiet", "-f", "%M", "true"],
      stdout: "null",
      stderr: "null",
    }).output();
    return success;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

function spawn({ command, args, cwd, env }: Variant): Deno.ChildProcess {
  return new Deno.Command(command, {
    args: [...args],
    ...(cwd === undefined ? {} : { cwd }),
    ...(env === undefined ? {} : { env }),
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

async function finish(
  { label }: Variant,
  child: Deno.ChildProcess,
  start: number,
): Promise<{ wall_s: number; stdout: string }> {
  const { code, stdout, stderr } = await child.output();
  const wall_s = (performance.now() - start) / 1000;
  if (code !== 0) {
    throw new Error(`${label} ended with ${code}:\n${new TextDecoder().decode(stderr)}`);
  }
  return { wall_s, stdout: new TextDecoder().decode(stdout) };
}

function readProc(pid: number, file: string): string {
  try {
    return Deno.readTextFileSync(`/proc/${pid}/${file}`);
  } catch {
    // The process may end between two looks; what was seen before stays.
    return "";
  }
}

/** The kernel counts in hundredths of a second; the name in parentheses may hold blanks. */
function processorSeconds(stat: string): number {
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return fields.length < 13 ? 0 : (Number(fields[11]) + Number(fields[12])) / 100;
}

function peakMemory(status: string): number {
  return Number(/^VmHWM:\s*(\d+) kB/m.exec(status)?.[1] ?? 0) / 1024;
}
