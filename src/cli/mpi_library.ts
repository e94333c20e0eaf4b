/** Whether there is an MPI library, by the names of files alone: nothing is opened. */

/** Names of the libraries of Open MPI and MPICH. */
const NAMES = ["libmpi.so.40", "libmpi.so.12", "libmpich.so.12", "libmpi.so", "libmpi.dylib"];

/** Where systems and modules keep them. */
const FOLDERS = [
  "/usr/lib/x86_64-linux-gnu",
  "/usr/lib/aarch64-linux-gnu",
  "/usr/lib64",
  "/usr/lib64/openmpi/lib",
  "/usr/lib64/mpich/lib",
  "/usr/lib",
  "/usr/local/lib",
  "/opt/homebrew/lib",
];

/** The path of the first MPI library that is found, or null. */
export function findMpiLibrary(env: (name: string) => string | undefined): string | null {
  const listed = ["LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"].flatMap((name) =>
    (env(name) ?? "").split(":").filter((folder) => folder !== "")
  );
  for (const folder of [...listed, ...FOLDERS]) {
    for (const name of NAMES) {
      if (isThere(`${folder}/${name}`)) return `${folder}/${name}`;
    }
  }
  return null;
}

function isThere(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}
