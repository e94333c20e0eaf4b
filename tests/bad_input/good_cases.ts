/** Cases without a fault, laid out in a folder in which single files are spoilt and restored. */
import { dirname } from "node:path";
import fc from "fast-check";
import { type CaseFiles, ParquetFile, writeCase } from "../support/case_files.ts";
import { smallCase } from "../support/small_case.ts";
import { smallCaseV18 } from "../support/small_case_v18.ts";
import { template } from "../cli/cobre.ts";

/** A good case on disk. */
export interface GoodCase {
  readonly name: string;
  readonly directory: string;
  /** What every file holds, by path relative to the case. */
  readonly bytes: ReadonlyMap<string, Uint8Array<ArrayBuffer>>;
  /** The tables as columns, where the case was made from them. */
  readonly tables: ReadonlyMap<string, ParquetFile>;
}

/** A file of a good case. */
export class GoodFile {
  constructor(readonly good: GoodCase, readonly file: string) {}

  /** Runs the body while the file holds other bytes. */
  async whileItHolds<T>(content: Uint8Array, body: (directory: string) => Promise<T>): Promise<T> {
    const { directory, bytes } = this.good;
    const path = `${directory}/${this.file}`;
    await Deno.writeFile(path, content);
    try {
      return await body(directory);
    } finally {
      await Deno.writeFile(path, bytes.get(this.file)!);
    }
  }

  /** What fast-check prints. */
  [fc.toStringMethod](): string {
    return `${this.file} of ${this.good.name}`;
  }
}

/** Any file of the cases whose name ends so. */
export function filesOf(cases: readonly GoodCase[], ending: string): fc.Arbitrary<GoodFile> {
  const files = cases.flatMap((good) =>
    [...good.bytes.keys()].filter((file) => file.endsWith(ending))
      .map((file) => new GoodFile(good, file))
  );
  return fc.constantFrom(...files);
}

/** Runs the body with the small case in either layout and two templates in a new folder. */
export async function withGoodCases(
  body: (cases: readonly GoodCase[]) => Promise<void>,
): Promise<void> {
  const root = await Deno.makeTempDir({ prefix: "cobre_bad_input_" });
  try {
    await body([
      await fromFiles("small case, v0.5", `${root}/v05`, smallCase()),
      await fromFiles("small case, v0.18", `${root}/v18`, smallCaseV18()),
      await fromFolder("1dtoy", `${root}/1dtoy`, template("1dtoy")),
      await fromFolder("regional", `${root}/regional`, template("regional")),
    ]);
  } finally {
    await Deno.remove(root, { recursive: true });
  }
}

async function fromFiles(name: string, directory: string, files: CaseFiles): Promise<GoodCase> {
  await writeCase(directory, files);
  const tables = Object.entries(files).filter((entry): entry is [string, ParquetFile] =>
    entry[1] instanceof ParquetFile
  );
  return { name, directory, bytes: await bytesBelow(directory), tables: new Map(tables) };
}

async function fromFolder(name: string, directory: string, source: string): Promise<GoodCase> {
  const bytes = await bytesBelow(source);
  for (const [file, content] of bytes) {
    await Deno.mkdir(dirname(`${directory}/${file}`), { recursive: true });
    await Deno.writeFile(`${directory}/${file}`, content);
  }
  return { name, directory, bytes, tables: new Map() };
}

async function bytesBelow(
  root: string,
  prefix = "",
): Promise<Map<string, Uint8Array<ArrayBuffer>>> {
  const found = new Map<string, Uint8Array<ArrayBuffer>>();
  for await (const entry of Deno.readDir(`${root}/${prefix}`)) {
    const path = prefix + entry.name;
    if (entry.isDirectory) {
      for (const [file, bytes] of await bytesBelow(root, `${path}/`)) found.set(file, bytes);
    } else if (/\.(json|parquet)$/.test(path) && path !== "validation_report.json") {
      found.set(path, await Deno.readFile(`${root}/${path}`));
    }
  }
  return found;
}
