import assert from "node:assert/strict";
import { COBRE_VERSION } from "./version.ts";

Deno.test("the version is that of deno.json", async () => {
  const text = await Deno.readTextFile(new URL("../../deno.json", import.meta.url));
  assert.equal(COBRE_VERSION, JSON.parse(text).version);
});
