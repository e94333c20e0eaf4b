import assert from "node:assert/strict";
import fc from "fast-check";
import { byteFaults } from "./byte_faults.ts";
import { filesOf, GoodFile, withGoodCases } from "./good_cases.ts";
import { jsonFaults, stringify } from "./json_faults.ts";
import { soundOutcome } from "./outcome.ts";
import { runs } from "./runs.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const fewFaults = fc.array(jsonFaults, { minLength: 1, maxLength: 3 });

Deno.test("a JSON document with any faults gets an answer that says what is wrong and where", async () => {
  await withGoodCases(async (cases) => {
    await fc.assert(
      fc.asyncProperty(filesOf(cases, ".json"), fewFaults, async (place, faults) => {
        const document: unknown = JSON.parse(decoder.decode(place.good.bytes.get(place.file)!));
        const spoilt = stringify(faults.reduce((sum, fault) => fault.apply(sum), document));
        await place.whileItHolds(encoder.encode(spoilt), soundOutcome);
      }),
      runs(1200),
    );
  });
});

Deno.test("JSON files with damaged bytes get an answer that says what is wrong and where", async () => {
  await withGoodCases(async (cases) => {
    await fc.assert(
      fc.asyncProperty(filesOf(cases, ".json"), byteFaults, async (place, fault) => {
        await place.whileItHolds(fault.apply(place.good.bytes.get(place.file)!), soundOutcome);
      }),
      runs(600),
    );
  });
});

Deno.test("files in encodings other than UTF-8 are refused by name, a byte order mark is not", async () => {
  await withGoodCases(async ([good]) => {
    for (const file of ["config.json", "system/hydros.json"]) {
      const place = new GoodFile(good!, file);
      const bytes = good!.bytes.get(file)!;
      const units = Uint16Array.from(decoder.decode(bytes), (unit) => unit.charCodeAt(0));
      const utf16 = new Uint8Array(units.buffer);
      const latin = Uint8Array.of(...bytes.slice(0, 20), 0xe9, ...bytes.slice(20));
      for (const wrong of [utf16, Uint8Array.of(0xff, 0xfe, ...utf16), latin]) {
        const { errors } = await place.whileItHolds(wrong, soundOutcome);
        const told = errors.map(({ kind, context }) => [kind, context["file"]]);
        assert.deepEqual(told, [["ParseError", file]]);
      }
      const marked = Uint8Array.of(0xef, 0xbb, 0xbf, ...bytes);
      assert.ok((await place.whileItHolds(marked, soundOutcome)).valid);
    }
  });
});
