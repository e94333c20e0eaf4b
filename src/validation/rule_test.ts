import assert from "node:assert/strict";
import { type Case, Problems } from "../case/mod.ts";
import { RECORDS_PER_RULE, type Rule, rule, runRule } from "./rule.ts";

/** A case of which rules here use nothing but the places in files. */
const input = {
  sources: {
    has: () => true,
    locate: (_file: string, path: readonly unknown[]) => ({ line: path.length, column: 1 }),
    entity: (_file: string, id: number, path: readonly unknown[] = []) =>
      id === 7 ? { line: 100 + path.length, column: 2 } : null,
    json: () => undefined,
  },
} as unknown as Case;

function run(declaration: Rule) {
  const problems = new Problems();
  runRule(declaration, input, problems);
  return problems.all;
}

const base = {
  id: "T1",
  layer: 5,
  kind: "PhysicalConstraint",
  file: "system/hydros.json",
  description: "for tests",
} as const;

Deno.test("a finding gets rule, file, severity and the line of its entity", () => {
  const [problem] = run(rule({
    ...base,
    severity: "warning",
    check: (_, report) => report.found("Text", { entity_id: 7, detail: "d", at: ["a", "b"] }, "Do"),
  }));
  assert.equal(problem!.severity, "warning");
  assert.equal(problem!.layer, 5);
  assert.deepEqual(problem!.record, {
    kind: "PhysicalConstraint",
    message: "Text",
    context: {
      file: "system/hydros.json",
      entity_id: 7,
      rule: "T1",
      line: 102,
      column: 2,
      row: null,
      detail: "d",
    },
    suggestion: "Do",
  });
});

Deno.test("a path counts more than an entity, another file more than that of the rule", () => {
  const [byPath, table, unknown] = run(rule({
    ...base,
    severity: "error",
    check(_, report) {
      report.found("By path", { entity_id: 7, path: ["x", 3, "y"], file: "stages.json" });
      report.found("A table has no lines", { entity_id: 7, file: "a.parquet" });
      report.found("Unknown", { entity_id: 8 });
    },
  }));
  assert.deepEqual(
    [byPath, table, unknown].map((problem) => problem!.record.context["line"]),
    [3, null, null],
  );
  assert.equal(byPath!.record.context["file"], "stages.json");
  assert.equal(byPath!.severity, "error");
  assert.equal(byPath!.record.context["path"], undefined);
});

Deno.test("a rule that finds too much says how much more there is", () => {
  const found = run(rule({
    ...base,
    severity: "error",
    check(_, report) {
      for (let id = 0; id < RECORDS_PER_RULE + 5; id++) report.found(`Fault ${id}`, {});
    },
  }));
  assert.equal(found.length, RECORDS_PER_RULE + 1);
  assert.equal(
    found.at(-1)!.record.message,
    `Rule T1 found 5 more problems: the first ${RECORDS_PER_RULE} are listed`,
  );
});
