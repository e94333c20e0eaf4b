/** Validating a case directory: reading it and holding it against every rule. */
import { resolve } from "node:path";
import type { Case, CaseReading, Dialect, Problem } from "../case/mod.ts";
import type { System } from "../model/mod.ts";
import type { ErrorRecord } from "../protocol/mod.ts";

/** What validation has found. */
export interface ValidationOutcome {
  /** Absolute path of the case directory. */
  readonly directory: string;
  /** The layout of the case. */
  readonly dialect: Dialect;
  /** Whether there is no error; there may be warnings. */
  readonly valid: boolean;
  /** By layer, within a layer in the order found. */
  readonly errors: readonly ErrorRecord[];
  readonly warnings: readonly ErrorRecord[];
  /** Layers that were gone through from end to end: 5 unless the case cannot be read. */
  readonly layersCompleted: number;
  readonly filesChecked: number;
  readonly entitiesValidated: number;
  /** When validation ended, ISO 8601. */
  readonly timestamp: string;
  /** The case; null when it cannot be read. */
  readonly case: Case | null;
}

/** A step of validation that is done, for those who watch. */
export type ValidationStep =
  | {
    readonly step: "read";
    readonly dialect: Dialect;
    /** Relative to the case. */
    readonly files: readonly string[];
    readonly problems: number;
    readonly elapsedMs: number;
  }
  | {
    readonly step: "rules";
    readonly rules: number;
    readonly problems: number;
    readonly elapsedMs: number;
  };

/**
 * Validates a case directory. Whatever is wrong with the case is in the outcome, all of it at once;
 * nothing about the case makes this throw.
 */
export async function validateCase(
  directory: string,
  onStep: (step: ValidationStep) => void = () => {},
): Promise<ValidationOutcome> {
  const path = resolve(directory);
  let start = performance.now();
  const { readCase } = await import("../case/mod.ts");
  const reading = await readCase(path);
  onStep({
    step: "read",
    dialect: reading.dialect,
    files: reading.files,
    problems: reading.problems.length,
    elapsedMs: performance.now() - start,
  });
  const problems = [...reading.problems];
  if (reading.case !== null) {
    start = performance.now();
    const { ruleCatalogue, validate } = await import("../validation/mod.ts");
    const broken = validate(reading.case);
    for (const problem of broken) problems.push(problem);
    onStep({
      step: "rules",
      rules: ruleCatalogue().length,
      problems: broken.length,
      elapsedMs: performance.now() - start,
    });
  }
  problems.sort((a, b) => a.layer - b.layer);
  const errors = recordsOf(problems, "error");
  return {
    directory: path,
    dialect: reading.dialect,
    valid: errors.length === 0,
    errors,
    warnings: recordsOf(problems, "warning"),
    layersCompleted: layersCompleted(reading),
    filesChecked: reading.files.length,
    entitiesValidated: reading.case === null ? 0 : entityCount(reading.case.system),
    timestamp: new Date().toISOString(),
    case: reading.case,
  };
}

/** Number of entities of all kinds. */
export function entityCount(system: System): number {
  const { buses, lines, hydros, thermals, sources, stations, contracts } = system;
  return [buses, lines, hydros, thermals, sources, stations, contracts]
    .reduce((sum, list) => sum + list.length, 0);
}

function recordsOf(problems: readonly Problem[], severity: Problem["severity"]): ErrorRecord[] {
  return problems.filter((problem) => problem.severity === severity)
    .map((problem) => problem.record);
}

/** A file that cannot be parsed leaves the schema layer without something to look at. */
function layersCompleted(reading: CaseReading): number {
  if (reading.case !== null) return 5;
  const structural = reading.problems.some(({ layer, severity }) =>
    severity === "error" && layer === 1
  );
  if (!structural) return 2;
  return reading.files.length > 0 ? 1 : 0;
}
