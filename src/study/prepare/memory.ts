/** How much memory a study needs, and how much there is. */
import { CobreError } from "../../protocol/mod.ts";
import type { Study } from "../../sddp/mod.ts";

const BYTES_PER_NUMBER = 8;

/** What a thread takes before it does anything: the runtime, the code, the solver. */
const BYTES_PER_THREAD = 60e6;

/** Bytes of a stage problem inside a solver, per entry of its matrix; measured with HiGHS. */
const BYTES_PER_ENTRY = 200;

/** Where the limit of a control group stands, newer layout first. */
const CGROUP_LIMITS = [
  "/sys/fs/cgroup/memory.max",
  "/sys/fs/cgroup/memory/memory.limit_in_bytes",
] as const;

/** An estimate in bytes. */
export interface MemoryEstimate {
  /** Cuts, noise and states, which all threads share. */
  readonly shared: number;
  /** What each thread has of its own. */
  readonly perThread: number;
  readonly total: number;
}

/** Estimates what training with a number of threads takes at its end. */
export function estimateMemory(study: Study, threads: number): MemoryEstimate {
  const iterations = study.training.stoppingRules.reduce(
    (least, rule) => rule.type === "iteration_limit" ? Math.min(least, rule.limit) : least,
    Infinity,
  );
  const cuts = iterations * study.passes;
  let shared = study.tree.values.byteLength;
  let perThread = BYTES_PER_THREAD;
  const last = study.stages.length - 1;
  study.stages.forEach(({ template }, position) => {
    const slots = template.outgoingColumn.length;
    const families = study.training.cutFormulation === "multi" ? template.futureColumns.length : 1;
    const keepsCuts = position < last || study.cycle !== null;
    const states = study.keepStates || study.training.cutSelection.method === "domination";
    if (keepsCuts) shared += cuts * families * (slots + 3) * BYTES_PER_NUMBER;
    shared += study.passes * slots * BYTES_PER_NUMBER;
    if (states) shared += cuts * slots * BYTES_PER_NUMBER;
    const entries = template.lp.matrix.values.length + template.columns.length +
      template.rows.length;
    perThread += entries * BYTES_PER_ENTRY;
    // The whole problem travels to every thread with the study.
    perThread += template.model.matrix.values.length * 3 * BYTES_PER_NUMBER;
  });
  return { shared, perThread, total: shared + threads * perThread };
}

/** Memory that this process may use (bytes); null where the system does not tell. */
export function grantedMemory(): number | null {
  const limits = [systemMemory(), ...CGROUP_LIMITS.map(cgroupLimit)]
    .filter((limit): limit is number => limit !== null);
  return limits.length === 0 ? null : Math.min(...limits);
}

/** Refuses a study that cannot end, before hours of work are lost. */
export function requireMemory({ total, shared }: MemoryEstimate, granted: number | null): void {
  if (granted === null || total <= granted) return;
  const detail = `needs about ${gigabytes(total)}, of which cuts and noise ${gigabytes(shared)}; ` +
    `there are ${gigabytes(granted)}`;
  throw CobreError.of(
    "IncompatibleSettings",
    `Cannot train within the memory of this machine: the study ${detail}`,
    {
      file: "config.json",
      settings: ["training.stopping_rules", "training.forward_passes"],
      detail,
    },
    "Use fewer threads, fewer iterations or forward passes, or a machine with more memory",
  );
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toPrecision(3)} GB`;
}

function systemMemory(): number | null {
  try {
    return Deno.systemMemoryInfo().total;
  } catch {
    // The program may have been started without the permission to ask.
    return null;
  }
}

function cgroupLimit(path: string): number | null {
  try {
    const limit = Number(Deno.readTextFileSync(path).trim());
    return Number.isFinite(limit) && limit > 0 ? limit : null;
  } catch {
    return null;
  }
}
