/** The text files of the repository, tracked or about to be. */
import type { SourceFile } from "./problem.ts";

/** Reads every text file below `root` that git tracks or would offer to track. */
export async function readTree(root: string): Promise<SourceFile[]> {
  const paths = await listFiles(root, ["--cached", "--others"]);
  const files: SourceFile[] = [];
  for (const path of paths) {
    const bytes = readIfFile(`${root}/${path}`);
    if (bytes === null || bytes.subarray(0, 8192).includes(0)) continue;
    files.push({ path, text: new TextDecoder().decode(bytes) });
  }
  return files;
}

/** The paths below `root` that exist but are ignored. */
export function listIgnored(root: string): Promise<string[]> {
  return listFiles(root, ["--others", "--ignored"]);
}

async function listFiles(root: string, which: readonly string[]): Promise<string[]> {
  const { code, stdout, stderr } = await new Deno.Command("git", {
    // The folder may belong to another user than the one who runs the checks, as in a container.
    args: ["-c", "safe.directory=*", "ls-files", "-z", "--exclude-standard", ...which],
    cwd: root,
    stdin: "null",
  }).output();
  if (code !== 0) {
    throw new Error(`Listing the files of ${root} failed: ${new TextDecoder().decode(stderr)}`);
  }
  const paths = new TextDecoder().decode(stdout).split("\0").filter((path) => path !== "");
  return [...new Set(paths)].sort();
}

function readIfFile(path: string): Uint8Array | null {
  try {
    return Deno.statSync(path).isFile ? Deno.readFileSync(path) : null;
  } catch (error) {
    // A file that was deleted but not yet committed is still listed.
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}
