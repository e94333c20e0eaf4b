import assert from "node:assert/strict";
import fc from "fast-check";
import { canonicalJson, hashBytes, hashFile, hashJson } from "./hash.ts";
import { withFolder } from "./test_folder.ts";

// FIPS 180-4, the example "abc".
const ABC = "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

Deno.test("the published example comes out, from text, bytes and a file", async () => {
  assert.equal(hashBytes("abc"), ABC);
  assert.equal(hashBytes(new Uint8Array([97, 98, 99])), ABC);
  await withFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/a`, "abc");
    assert.equal(await hashFile(`${folder}/a`, "a"), ABC);
    const large = new Uint8Array(1_000_003).map((_, i) => i * 7);
    await Deno.writeFile(`${folder}/b`, large);
    assert.equal(await hashFile(`${folder}/b`, "b"), hashBytes(large));
    const message = "Cannot read c: it does not exist";
    await assert.rejects(hashFile(`${folder}/c`, "c"), { message });
    await assert.rejects(hashFile(folder, "c"), { message: "Cannot read c: it is a folder" });
  });
});

Deno.test("the order of keys does not matter, everything else does", () => {
  const reversed = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(reversed);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).reverse().map(([k, v]) => [k, reversed(v)]));
  };
  fc.assert(fc.property(fc.jsonValue(), (value) => {
    assert.equal(hashJson(reversed(value)), hashJson(value));
    assert.deepEqual(JSON.parse(canonicalJson(value)), JSON.parse(JSON.stringify(value)));
  }));
  assert.notEqual(hashJson([1, 2]), hashJson([2, 1]));
  assert.notEqual(hashJson({ a: 1 }), hashJson({ a: "1" }));
});

Deno.test("canonical text has sorted keys and no white space", () => {
  const value = { b: [1, { d: null, c: "é" }], a: 1e21, 10: true, 9: undefined, x: NaN };
  assert.equal(canonicalJson(value), '{"10":true,"a":1e+21,"b":[1,{"c":"é","d":null}],"x":null}');
});
