/** What lies under a folder at paths that somebody expects there. */
import { describeIoFault } from "./io_fault.ts";

/** What stands at a path; symbolic links are followed. */
export type FileState =
  /** A regular file that can be opened for reading. */
  | { readonly is: "file"; readonly size: number }
  | { readonly is: "folder" }
  /** Neither file nor folder, such as a socket or a pipe. */
  | { readonly is: "other" }
  | { readonly is: "missing" }
  /** Something is there, or may be, but it cannot be looked at. */
  | { readonly is: "unreadable"; readonly reason: string };

/** The state of every given path, relative to the folder; the order is that of `paths`. */
export async function listFiles(
  folder: string,
  paths: Iterable<string>,
): Promise<Map<string, FileState>> {
  const entries = [...paths].map(async (path) =>
    [path, await fileState(`${folder}/${path}`)] as const
  );
  return new Map(await Promise.all(entries));
}

/** What stands at one path. */
export async function fileState(path: string): Promise<FileState> {
  try {
    const info = await Deno.stat(path);
    if (info.isDirectory) return { is: "folder" };
    if (!info.isFile) return { is: "other" };
    (await Deno.open(path)).close();
    return { is: "file", size: info.size };
  } catch (thrown) {
    return isMissing(thrown) ? { is: "missing" } : {
      is: "unreadable",
      reason: describeIoFault(thrown),
    };
  }
}

/** Whether nothing stands at the path, a file in place of a parent folder included. */
function isMissing(thrown: unknown): boolean {
  return thrown instanceof Deno.errors.NotFound || thrown instanceof Deno.errors.NotADirectory;
}
