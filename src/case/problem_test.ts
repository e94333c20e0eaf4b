import assert from "node:assert/strict";
import { Problems } from "./problem.ts";

function told(message: string, expected = "a name"): { message: string; expected: unknown } {
  const problems = new Problems();
  problems.error(2, "SchemaViolation", message, { file: "config.json", expected });
  const { record } = problems.all[0]!;
  return { message: record.message, expected: record.context["expected"] };
}

Deno.test("a message stays one line of a length that people read, with its end", () => {
  const { message, expected } = told(`The name ${"a".repeat(1e6)} is too long`, "b".repeat(1e6));
  assert.match(message, /^The name a+ … a+ is too long$/);
  assert.ok(message.length < 1000);
  assert.ok((expected as string).length < 1000);
});

Deno.test("what would break the line or command the terminal is written out", () => {
  assert.equal(
    told("Hydro 'A\nB\u001b[31m' has no bus").message,
    "Hydro 'A\\u000aB\\u001b[31m' has no bus",
  );
});

Deno.test("an ordinary message is left alone", () => {
  assert.equal(told("Hydro 3 'São João' has no bus").message, "Hydro 3 'São João' has no bus");
});
