/** Where a native HiGHS library may be. Looks at folders only; opens nothing, starts nothing. */

/** What the search sees of the machine. Tests hand in a made-up one. */
export interface SearchHost {
  /** As `Deno.build.os`. */
  readonly os: string;
  /** An environment variable; undefined when it is not set or may not be read. */
  env(name: string): string | undefined;
  /** The names in a folder; empty when it is missing or may not be read. */
  list(folder: string): readonly string[];
}

/** Who provides a library. */
export type LibraryOrigin = "COBRE_HIGHS_LIB" | "system" | "highspy" | "highsbox";

/** A library to try. */
export interface LibraryCandidate {
  readonly origin: LibraryOrigin;
  readonly path: string;
}

/** The machine that the program runs on. */
export const thisHost: SearchHost = {
  os: Deno.build.os,
  env(name: string): string | undefined {
    try {
      return Deno.env.get(name);
    } catch {
      return undefined;
    }
  },
  list(folder: string): readonly string[] {
    try {
      return Array.from(Deno.readDirSync(folder), (entry) => entry.name);
    } catch {
      return [];
    }
  },
};

/** File names by which the system's loader may know the library. */
export function systemLibraryNames(os: string): readonly string[] {
  switch (os) {
    case "windows":
      return ["highs.dll", "libhighs.dll"];
    case "darwin":
      return ["libhighs.1.dylib", "libhighs.dylib"];
    default:
      return ["libhighs.so.1", "libhighs.so"];
  }
}

/** Folders in which Python keeps its packages, the most specific first, newer Pythons first. */
export function pythonPackageFolders(host: SearchHost): readonly string[] {
  const folders: string[] = [];
  const home = host.env(host.os === "windows" ? "USERPROFILE" : "HOME");
  for (const variable of ["VIRTUAL_ENV", "CONDA_PREFIX"]) {
    const prefix = host.env(variable);
    if (!prefix) continue;
    if (host.os === "windows") folders.push(`${prefix}/Lib/site-packages`);
    folders.push(...versioned(host, `${prefix}/lib`, ["site-packages"]));
  }
  if (home) folders.push(...versioned(host, `${home}/.local/lib`, ["site-packages"]));
  const pyenv = host.env("PYENV_ROOT") ?? (home ? `${home}/.pyenv` : undefined);
  if (pyenv) {
    for (const version of newestFirst(host.list(`${pyenv}/versions`))) {
      folders.push(...versioned(host, `${pyenv}/versions/${version}/lib`, ["site-packages"]));
    }
  }
  if (host.os !== "windows") {
    folders.push(...versioned(host, "/usr/local/lib", ["site-packages", "dist-packages"]));
    folders.push("/usr/lib/python3/dist-packages");
    folders.push(...versioned(host, "/usr/lib", ["site-packages"]));
  }
  return folders;
}

/** Every library to try, in order. `COBRE_HIGHS_LIB` stands alone when it is set. */
export function libraryCandidates(host: SearchHost): readonly LibraryCandidate[] {
  const named = host.env("COBRE_HIGHS_LIB");
  if (named) return [{ origin: "COBRE_HIGHS_LIB", path: named }];
  const candidates: LibraryCandidate[] = systemLibraryNames(host.os)
    .map((path) => ({ origin: "system", path }));
  const folders = pythonPackageFolders(host);
  for (const [origin, places] of Object.entries(PACKAGED)) {
    for (const folder of folders) {
      for (const place of places) {
        const names = host.list(`${folder}/${place}`).filter((name) => isHighs(name));
        // Links and versions of one file lie side by side: the shortest name stands for all.
        const shortest = names.toSorted((a, b) => a.length - b.length || (a < b ? -1 : 1))[0];
        if (shortest === undefined) continue;
        const path = `${folder}/${place}/${shortest}`;
        candidates.push({ origin: origin as LibraryOrigin, path });
      }
    }
  }
  return candidates;
}

/** Where in a folder of packages the two Python packages keep the library. */
const PACKAGED = {
  highspy: ["highspy", "highspy.libs", "highspy/lib"],
  highsbox: [
    "highsbox/highs_dist/lib",
    "highsbox/highs_dist/lib64",
    "highsbox/highs_dist/bin",
    "highsbox.libs",
  ],
} as const;

function isHighs(name: string): boolean {
  return /^(lib)?highs[-.\w]*\.(so(\.[\d.]+)?|dylib|dll)$/.test(name);
}

function versioned(host: SearchHost, lib: string, kinds: readonly string[]): string[] {
  return newestFirst(host.list(lib).filter((name) => /^python3\.\d+t?$/.test(name)))
    .flatMap((python) => kinds.map((kind) => `${lib}/${python}/${kind}`));
}

/** By the first two numbers in the name. (A collator would cost 8 ms to load.) */
function newestFirst(names: readonly string[]): string[] {
  const rank = (name: string) => {
    const [major = 0, minor = 0] = name.match(/\d+/g)?.map(Number) ?? [];
    return 1000 * major + minor;
  };
  return names.toSorted((a, b) => rank(b) - rank(a) || (a < b ? -1 : 1));
}
