/** What an operation on a file ran into, as the end of a sentence for people. */

/** Says why the file system refused, such as "it does not exist". */
export function describeIoFault(thrown: unknown): string {
  if (thrown instanceof Deno.errors.NotCapable) {
    return "this program was started without permission for it";
  }
  const code = (thrown as { code?: unknown } | null)?.code;
  if (typeof code === "string" && code in REASONS) return REASONS[code]!;
  if (thrown instanceof Deno.errors.NotFound) return REASONS["ENOENT"]!;
  if (thrown instanceof Deno.errors.PermissionDenied) return REASONS["EACCES"]!;
  return thrown instanceof Error ? thrown.message : String(thrown);
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "it does not exist",
  EISDIR: "it is a folder",
  ENOTDIR: "a part of its path is not a folder",
  EACCES: "permission is denied",
  EPERM: "the operation is not permitted",
  EEXIST: "it already exists",
  ENOTEMPTY: "the folder is not empty",
  ENOSPC: "the disk is full",
  EDQUOT: "the disk quota is used up",
  EROFS: "the file system is read-only",
  EFBIG: "the file would be too large",
  EIO: "the device reported an input/output error",
  ELOOP: "symbolic links lead in a circle",
  ENAMETOOLONG: "the name is too long",
  EMFILE: "too many files are open",
  ENFILE: "too many files are open",
  EBUSY: "it is in use",
  ETXTBSY: "it is in use",
  EXDEV: "source and target are on different file systems",
  ESTALE: "the network file system lost it",
};
