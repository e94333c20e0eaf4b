import assert from "node:assert/strict";
import fc from "fast-check";
import { findUtf8Fault } from "./utf8.ts";

Deno.test("a fault is found exactly when the strict decoder finds one", () => {
  const byte = fc.oneof(
    fc.nat(255),
    fc.constantFrom(0xe0, 0xed, 0xf0, 0xf4, 0x80, 0x9f, 0xa0, 0xbf),
  );
  fc.assert(
    fc.property(fc.array(byte, { maxLength: 6 }), (list) => {
      const bytes = new Uint8Array(list);
      let valid = true;
      try {
        new TextDecoder("utf-8", { fatal: true }).decode(bytes);
      } catch {
        valid = false;
      }
      const utf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) ||
        (bytes[0] === 0xfe && bytes[1] === 0xff);
      assert.equal(findUtf8Fault(bytes) === null, valid && !utf16);
    }),
    { numRuns: 5000 },
  );
});

Deno.test("the offset is that of the first byte out of place", () => {
  const bytes = new Uint8Array([...new TextEncoder().encode("añ€😀"), 0xc3, 0x28]);
  assert.deepEqual(findUtf8Fault(bytes)?.offset, bytes.length - 2);
});
