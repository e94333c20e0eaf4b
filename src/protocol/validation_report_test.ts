import assert from "node:assert/strict";
import { errorRecord } from "./error.ts";
import { validationReport } from "./validation_report.ts";
import { ValidationReportSchema } from "./validation_report_schema.ts";

const found = {
  caseDirectory: "/data/case_001",
  timestamp: "2026-02-25T10:05:00.000Z",
  errors: [errorRecord("MissingReference", "No such bus", {
    file: "system/hydros.json",
    entity_id: 4,
  })],
  warnings: [errorRecord("IncompatibleSettings", "Odd", {})],
  filesChecked: 24,
  entitiesValidated: 456,
};

Deno.test("a report repeats where a problem lies beside the record, and counts", () => {
  const report = validationReport(found);
  assert.equal(report.valid, false);
  assert.equal(report.errors[0]?.file, "system/hydros.json");
  assert.equal(report.errors[0]?.entity, 4);
  assert.equal(report.warnings[0]?.file, null);
  assert.deepEqual(report.summary, {
    files_checked: 24,
    entities_validated: 456,
    error_count: 1,
    warning_count: 1,
  });
  assert.deepEqual(ValidationReportSchema.parse(report), report);
});

Deno.test("warnings alone leave a case valid", () => {
  assert.equal(validationReport({ ...found, errors: [] }).valid, true);
});
