/**
 * A lock on an output folder, so that two runs never write into it at once. It is a file that says
 * who holds it; a lock whose holder is dead is taken over.
 */
import { hostname } from "node:os";
import process from "node:process";
import { CobreError } from "../protocol/mod.ts";
import { writeFailed } from "./atomic.ts";

/** Name of the lock file in the folder. */
export const LOCK_FILE = ".cobre.lock";

/** A lock that this program holds. */
export interface FolderLock extends Disposable {
  /** The lock file. */
  readonly path: string;
  /** Gives the folder free; a second call does nothing. */
  release(): void;
}

/** Who holds a lock. */
interface Holder {
  readonly host: string;
  readonly pid: number;
  /**
   * When the process started, in clock ticks since boot, with the boot's id: tells a process from
   * a later one with the same pid. Null where the system does not tell.
   */
  readonly started: string | null;
}

/**
 * Locks an existing folder. A lock that a running process on this host holds, or that another host
 * left, is an `OutputWriteFailed` naming the holder.
 */
export function acquireFolderLock(folder: string): FolderLock {
  const path = `${folder}/${LOCK_FILE}`;
  const mine: Holder = { host: hostname(), pid: Deno.pid, started: startOf(Deno.pid) };
  const text = JSON.stringify(mine) + "\n";
  for (let attempt = 0; !tryCreate(path, text); attempt++) {
    const found = readLock(path);
    // Released between the two steps; a holder that never lasts would be somebody's bug.
    if (found === null && attempt < 100) continue;
    refuseIfHeld(folder, path, found?.holder ?? null, mine.host);
    if (found !== null) removeStale(path, found.text);
  }
  let held = true;
  const release = () => {
    if (!held) return;
    held = false;
    // Somebody may have removed the lock by hand and another run taken the folder.
    if (readLock(path)?.text === text) removeIfThere(path);
  };
  return { path, release, [Symbol.dispose]: release };
}

/** Creates the lock file with its text in one step; false when there is one already. */
function tryCreate(path: string, text: string): boolean {
  // A hard link appears whole: nobody can see a lock file that is still empty.
  const draft = `${path}.${Deno.pid}-${crypto.randomUUID().slice(0, 8)}`;
  try {
    Deno.writeTextFileSync(draft, text, { createNew: true });
    try {
      Deno.linkSync(draft, path);
    } catch (thrown) {
      if (thrown instanceof Deno.errors.AlreadyExists) return false;
      // A file system without hard links.
      Deno.writeTextFileSync(path, text, { createNew: true });
    }
    return true;
  } catch (thrown) {
    if (thrown instanceof Deno.errors.AlreadyExists) return false;
    throw writeFailed(path, "create", thrown);
  } finally {
    removeIfThere(draft);
  }
}

function readLock(path: string): { text: string; holder: Holder | null } | null {
  let text: string;
  try {
    text = Deno.readTextFileSync(path);
  } catch (thrown) {
    if (thrown instanceof Deno.errors.NotFound) return null;
    throw writeFailed(path, "lock", thrown);
  }
  return { text, holder: parseHolder(text) };
}

function parseHolder(text: string): Holder | null {
  try {
    const value = JSON.parse(text) as Partial<Record<keyof Holder, unknown>> | null;
    const { host, pid, started } = value ?? {};
    if (typeof host !== "string" || !Number.isInteger(pid) || Number(pid) < 1) return null;
    return { host, pid: Number(pid), started: typeof started === "string" ? started : null };
  } catch {
    return null;
  }
}

function refuseIfHeld(folder: string, path: string, holder: Holder | null, host: string): void {
  if (holder !== null && holder.host === host && !isAlive(holder)) return;
  const who = holder === null
    ? "an unknown process"
    : `process ${holder.pid} on host ${holder.host}`;
  const detail = `the folder is locked by ${who}`;
  const suggestion =
    `Wait until that run has ended or choose another output folder; if it has ended, remove ${path}`;
  throw CobreError.of("OutputWriteFailed", `Cannot write to ${folder}: ${detail}`, {
    path: folder,
    operation: "lock",
    detail,
    host: holder?.host ?? null,
    pid: holder?.pid ?? null,
  }, suggestion);
}

/**
 * Removes a lock whose holder is dead. Of two programs that find the same stale lock, the slower
 * one must not remove the new lock of the faster one: so both queue on the stale file itself, by a
 * lock of the system that ends with its process, and look again when it is their turn.
 */
function removeStale(path: string, text: string): void {
  try {
    using stale = Deno.openSync(path, { read: true, write: true });
    stale.lockSync(true);
    if (readLock(path)?.text === text) removeIfThere(path);
  } catch (thrown) {
    if (thrown instanceof CobreError) throw thrown;
    if (!(thrown instanceof Deno.errors.NotFound)) throw writeFailed(path, "lock", thrown);
  }
}

function removeIfThere(path: string): void {
  try {
    Deno.removeSync(path);
  } catch (thrown) {
    if (!(thrown instanceof Deno.errors.NotFound)) throw writeFailed(path, "remove", thrown);
  }
}

/** Whether the very process that took the lock still runs; in doubt it does. */
function isAlive(holder: Holder): boolean {
  try {
    // Signal 0 only asks whether the process exists.
    process.kill(holder.pid, 0);
  } catch (thrown) {
    if ((thrown as { code?: unknown }).code === "ESRCH") return false;
  }
  const started = startOf(holder.pid);
  return started === null || holder.started === null || started === holder.started;
}

/**
 * When a process started, or null when there is none, when the system does not tell (only Linux
 * does) or when the program was started without the permission to look into `/proc`.
 */
function startOf(pid: number): string | null {
  try {
    const stat = Deno.readTextFileSync(`/proc/${pid}/stat`);
    // The second field is the program's name in parentheses and may itself hold anything; the
    // start is field 22, the 20th after the name.
    const ticks = stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
    const boot = Deno.readTextFileSync("/proc/sys/kernel/random/boot_id").trim();
    return ticks === undefined ? null : `${boot}:${ticks}`;
  } catch {
    return null;
  }
}
