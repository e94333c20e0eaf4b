/**
 * Writing so that a killed program leaves either the old state or the new one: files by way of a
 * temporary name beside them, folders by a swap.
 */
import { CobreError } from "../protocol/mod.ts";
import { describeIoFault } from "./io_fault.ts";

/** Ending of the names under which files are written before they get their own. */
export const TEMPORARY_SUFFIX = ".tmp";

/** Ending of the name that a folder has while another takes its place. */
export const REPLACED_SUFFIX = ".old";

/**
 * Writes a file whole: under a temporary name in the same folder, flushed to the device, then
 * renamed over the target. On failure the temporary file is removed, the target is as it was, and
 * an `OutputWriteFailed` says which step failed and why.
 */
export async function writeFileAtomic(path: string, content: string | Uint8Array): Promise<void> {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  // Two programs may write the same file: each under a name of its own, the last rename wins.
  const temporary = `${path}.${Deno.pid}-${crypto.randomUUID().slice(0, 8)}${TEMPORARY_SUFFIX}`;
  let operation = "create";
  try {
    {
      using file = await Deno.open(temporary, { write: true, createNew: true });
      operation = "write";
      for (let at = 0; at < bytes.length;) at += await file.write(bytes.subarray(at));
      operation = "flush";
      await file.sync();
    }
    operation = "rename";
    await Deno.rename(temporary, path);
  } catch (thrown) {
    if (operation !== "create") await Deno.remove(temporary).catch(() => {});
    throw writeFailed(path, operation, thrown);
  }
  await syncFolder(parentOf(path));
}

/**
 * Puts the folder `fresh` in the place of `target`, which may not exist yet; both must lie on the
 * same file system. A reader that comes in the short moment between the two renames, or after a
 * crash in it, finds `target` missing and `target.old` whole: {@link recoverSwappedFolder} repairs
 * that.
 */
export async function replaceFolderAtomic(fresh: string, target: string): Promise<void> {
  const old = target + REPLACED_SUFFIX;
  let operation = "recover";
  try {
    await recoverSwappedFolder(target);
    operation = "flush";
    await syncTree(fresh);
    operation = "rename";
    const replaces = await exists(target);
    if (replaces) await Deno.rename(target, old);
    try {
      await Deno.rename(fresh, target);
    } catch (thrown) {
      if (replaces) await Deno.rename(old, target);
      throw thrown;
    }
    await syncFolder(parentOf(target));
    operation = "remove";
    if (replaces) await Deno.remove(old, { recursive: true });
  } catch (thrown) {
    throw thrown instanceof CobreError ? thrown : writeFailed(target, operation, thrown);
  }
}

/**
 * Ends a swap that was cut off: with `target` missing, `target.old` gets its name back; with both
 * there, the swap had succeeded and the old folder is removed. Returns what was done.
 */
export async function recoverSwappedFolder(
  target: string,
): Promise<"nothing" | "restored" | "cleaned"> {
  const old = target + REPLACED_SUFFIX;
  try {
    if (!(await exists(old))) return "nothing";
    if (await exists(target)) {
      await Deno.remove(old, { recursive: true });
      return "cleaned";
    }
    await Deno.rename(old, target);
    await syncFolder(parentOf(target));
    return "restored";
  } catch (thrown) {
    throw writeFailed(target, "recover", thrown);
  }
}

/** The `OutputWriteFailed` for a path, the step that failed and what the system threw. */
export function writeFailed(path: string, operation: string, thrown: unknown): CobreError {
  // What is missing when a file is being made is its folder.
  const missing = operation === "create" && thrown instanceof Deno.errors.NotFound;
  const detail = missing ? "the folder does not exist" : describeIoFault(thrown);
  return CobreError.of(
    "OutputWriteFailed",
    `Cannot ${operation} ${path}: ${detail}`,
    { path, operation, detail },
    null,
    thrown,
  );
}

/** The folder that a path lies in. */
export function parentOf(path: string): string {
  const cut = Math.max(
    path.lastIndexOf("/"),
    Deno.build.os === "windows" ? path.lastIndexOf("\\") : -1,
  );
  if (cut < 0) return ".";
  return cut === 0 ? "/" : path.slice(0, cut);
}

async function exists(path: string): Promise<boolean> {
  try {
    await Deno.lstat(path);
    return true;
  } catch (thrown) {
    if (thrown instanceof Deno.errors.NotFound) return false;
    throw thrown;
  }
}

/** Flushes all files below a folder and the folders themselves. */
async function syncTree(folder: string): Promise<void> {
  for await (const entry of Deno.readDir(folder)) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory) await syncTree(path);
    else if (entry.isFile) {
      using file = await Deno.open(path, { read: true });
      await file.sync();
    }
  }
  await syncFolder(folder);
}

/**
 * Makes renames in a folder last through a power cut. Some systems cannot flush a folder (Windows,
 * some network file systems); the files are whole even so, and nothing is to be told.
 */
async function syncFolder(folder: string): Promise<void> {
  if (Deno.build.os === "windows") return;
  try {
    using handle = await Deno.open(folder, { read: true });
    await handle.sync();
  } catch {
    // Best effort, see above.
  }
}
