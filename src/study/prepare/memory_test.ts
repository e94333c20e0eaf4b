import assert from "node:assert/strict";
import { CobreError } from "../../protocol/mod.ts";
import { grantedMemory, requireMemory } from "./memory.ts";

Deno.test("a study that needs more than there is is refused with both figures", () => {
  const estimate = { shared: 6e9, perThread: 1e9, total: 8e9 };
  requireMemory(estimate, 8e9);
  requireMemory(estimate, null);
  assert.throws(() => requireMemory(estimate, 7.9e9), (thrown) => {
    assert.ok(thrown instanceof CobreError);
    assert.equal(thrown.kind, "IncompatibleSettings");
    assert.match(thrown.message, /8\.00 GB.*6\.00 GB.*7\.90 GB/);
    return true;
  });
});

Deno.test("the memory of this machine is known, or nothing is said of it", () => {
  const granted = grantedMemory();
  assert.ok(granted === null || granted > 1e8);
});
