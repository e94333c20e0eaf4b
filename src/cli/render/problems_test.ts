import assert from "node:assert/strict";
import { errorRecord } from "../../protocol/mod.ts";
import { renderProblems } from "./problems.ts";

const PAGE = { width: 100, paint: (_: string, text: string) => text };

function missing(entity: number, suggestion: string | null = "Look there") {
  return errorRecord(
    "MissingReference",
    `Thermal ${entity} has no bus`,
    { file: "system/thermals.json", line: 4, column: entity, entity_id: entity, rule: "R1" },
    suggestion,
  );
}

Deno.test("a hint that several problems share is said once, after the last of them", () => {
  assert.equal(
    renderProblems("error", [missing(1), missing(2), missing(3, null)], PAGE),
    "error: system/thermals.json:4:1 (1): Thermal 1 has no bus\n" +
      "error: system/thermals.json:4:2 (2): Thermal 2 has no bus\n" +
      "  -> Look there\n" +
      "error: system/thermals.json:4:3 (3): Thermal 3 has no bus\n",
  );
});

Deno.test("problems of one rule are held together and counted beyond the first ones", () => {
  const other = errorRecord("ParseError", "Cannot parse it", { file: "stages.json" });
  const row = errorRecord("OutOfRange", "It is -1", { file: "a.parquet", row: 7, rule: "R2" });
  const many = Array.from({ length: 5 }, (_, at) => missing(at + 1, null));
  const text = renderProblems("warning", [many[0]!, other, row, ...many.slice(1)], PAGE);
  assert.deepEqual(text.split("\n"), [
    ...[1, 2, 3].map((id) =>
      `warning: system/thermals.json:4:${id} (${id}): Thermal ${id} has no bus`
    ),
    "warning: and 2 more like this (rule R1)",
    "warning: stages.json: Cannot parse it",
    "warning: a.parquet row 7: It is -1",
    "",
  ]);
});

Deno.test("a file that begins the message is said once", () => {
  const record = errorRecord("OutOfRange", "config.json: forward_passes is 0", {
    file: "config.json",
    line: 3,
    column: 23,
  });
  assert.equal(
    renderProblems("error", [record], PAGE),
    "error: config.json:3:23: forward_passes is 0\n",
  );
});

Deno.test("a problem without a file has no place", () => {
  const record = errorRecord("InvalidArguments", "Cannot understand it", {});
  assert.equal(renderProblems("error", [record], PAGE), "error: Cannot understand it\n");
});
