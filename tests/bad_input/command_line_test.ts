import assert from "node:assert/strict";
import fc from "fast-check";
import { EnvelopeSchema } from "../../src/protocol/schemas.ts";
import { cobreInProcess } from "../cli/in_process.ts";
import { byteFaults } from "./byte_faults.ts";
import { filesOf, withGoodCases } from "./good_cases.ts";
import { jsonFaults, stringify } from "./json_faults.ts";
import { assertSound } from "./outcome.ts";
import { runs } from "./runs.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Validates by the command line, in both kinds of answer, and asserts that they agree. */
async function soundAnswer(directory: string): Promise<void> {
  const data = await cobreInProcess(["validate", directory, "--output-format", "json"]);
  const { success, errors, warnings, exit_code } = EnvelopeSchema.parse(JSON.parse(data.stdout));
  for (const record of [...errors, ...warnings]) assertSound(record, directory);
  const ofConfig = errors.some((record) => record.context["file"] === "config.json");
  assert.equal(exit_code, errors.length === 0 ? 0 : ofConfig ? 2 : 3);
  assert.equal(data.code, exit_code);
  assert.equal(success, errors.length === 0);

  const page = await cobreInProcess(["validate", directory]);
  assert.equal(page.code, exit_code);
  assert.equal(/^error: /m.test(page.stderr), errors.length > 0);
  // deno-lint-ignore no-control-regex -- what a case says must not command the terminal
  assert.doesNotMatch(page.stdout + page.stderr, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
}

Deno.test("the command line answers any faulty case with an envelope and the right exit code", async () => {
  await withGoodCases(async (cases) => {
    await fc.assert(
      fc.asyncProperty(filesOf(cases, ".json"), jsonFaults, async (place, fault) => {
        const document: unknown = JSON.parse(decoder.decode(place.good.bytes.get(place.file)!));
        const spoilt = encoder.encode(stringify(fault.apply(document)));
        await place.whileItHolds(spoilt, soundAnswer);
      }),
      runs(120),
    );
    await fc.assert(
      fc.asyncProperty(filesOf(cases, ""), byteFaults, async (place, fault) => {
        await place.whileItHolds(fault.apply(place.good.bytes.get(place.file)!), soundAnswer);
      }),
      runs(80),
    );
  });
});

Deno.test("names that command the terminal arrive there as text", async () => {
  await withGoodCases(async ([good]) => {
    const file = "system/buses.json";
    const document = JSON.parse(decoder.decode(good!.bytes.get(file)!));
    document.buses[0].name = "A\u001b[2J\u0007\r\nB";
    document.buses[0].deficit_segments = [];
    const path = `${good!.directory}/${file}`;
    await Deno.writeTextFile(path, JSON.stringify(document));
    await soundAnswer(good!.directory);
  });
});
