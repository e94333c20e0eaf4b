/** Cases prepared for training by hand. */
import { readCase } from "../../src/case/mod.ts";
import type { System } from "../../src/model/mod.ts";
import type { Study } from "../../src/sddp/mod.ts";
import { findSolver } from "../../src/solver/mod.ts";
import { prepareCase } from "../../src/study/mod.ts";
import { type CaseFiles, withCase } from "../support/case_files.ts";

/** A study, and what its errors are explained with. */
export interface Prepared {
  readonly study: Study;
  readonly help: {
    readonly system: System;
    readonly problemFolder: null;
    readonly threads: number;
  };
}

/** Prepares a case for a number of threads. */
export async function prepared(files: CaseFiles, threads = 1): Promise<Prepared> {
  return await withCase(files, async (directory) => {
    const read = (await readCase(directory)).case!;
    const { study } = await prepareCase(read, findSolver());
    return { study, help: { system: read.system, problemFolder: null, threads } };
  });
}
