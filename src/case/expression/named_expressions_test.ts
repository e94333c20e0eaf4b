import assert from "node:assert/strict";
import { splitForm } from "./linear_form.ts";
import { resolveNames } from "./named_expressions.ts";

function resolve(list: Record<string, string>) {
  const named = Object.entries(list).map(([name, expression]) => ({ name, expression }));
  const context = { dialect: "v0.18" as const, parameters: new Set(["p"]), lines: new Map() };
  return resolveNames(named, context);
}

function terms(resolved: ReturnType<typeof resolve>, name: string): [number, string[], number][] {
  const form = resolved.forms.get(name);
  assert.ok(form !== undefined, `${name} has no form`);
  return splitForm(form).terms.map((term) => [
    term.coefficient,
    [...term.parameters],
    term.entityId,
  ]);
}

Deno.test("an expression may use one that is written after it", () => {
  const resolved = resolve({
    a: "2 * @b + @p * @b",
    b: "bus_excess(1) + 3 * @c",
    c: "bus_excess(2)",
  });
  assert.deepEqual(terms(resolved, "a"), [[2, [], 1], [6, [], 2], [1, ["p"], 1], [3, ["p"], 2]]);
});

Deno.test("an expression that uses itself is reported with the way around", () => {
  const resolved = resolve({ a: "@b + @ok", b: "@c", c: "@b", ok: "bus_excess(0)", user: "@a" });
  assert.deepEqual([...resolved.cycles.values()], [["b", "c", "b"]]);
  assert.deepEqual([...resolved.broken].sort(), ["a", "b", "c", "user"]);
  assert.deepEqual(terms(resolved, "ok"), [[1, [], 0]]);
  assert.equal(resolve({ a: "@a" }).cycles.get(0)?.join(), "a,a");
});

Deno.test("a fault is reported where it is, and not where it is used", () => {
  const resolved = resolve({ bad: "bus_excess(", relation: "bus_excess(0) <= 1", user: "@bad" });
  assert.deepEqual([...resolved.faults.keys()], [0, 1]);
  assert.deepEqual([...resolved.broken].sort(), ["bad", "relation", "user"]);
});

Deno.test("a chain of names as long as a file does not overflow the stack", () => {
  const list: Record<string, string> = {};
  for (let k = 0; k < 50_000; k++) list[`n${k}`] = `@n${k + 1}`;
  list["n50000"] = "bus_excess(3)";
  assert.deepEqual(terms(resolve(list), "n0"), [[1, [], 3]]);
});

Deno.test("doubling expressions stay as small as what they mean", () => {
  const list: Record<string, string> = {};
  for (let k = 0; k < 40; k++) list[`n${k}`] = `@n${k + 1} + @n${k + 1}`;
  list["n40"] = "bus_excess(3)";
  assert.deepEqual(terms(resolve(list), "n0"), [[2 ** 40, [], 3]]);
});
