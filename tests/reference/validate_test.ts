import assert from "node:assert/strict";
import { join } from "node:path";
import { readCase } from "../../src/case/mod.ts";
import { validate } from "../../src/validation/mod.ts";

/** The folder that holds the thirty example cases of the reference program. */
const folder = Deno.env.get("COBRE_REFERENCE_CASES");

/**
 * The rules that warn about each case. The reference program warns of the same things, with these
 * differences: it also calls block factors of deterministic loads inert (d14), which they are not;
 * it looks for observations in the study's own years only (d12, d26); and it does not look at what
 * has no effect (C13, I10), at dates (N-7), at costs by direction (S9, N-14 in d23) and for a load
 * (N-15.load).
 */
const WARNINGS: Readonly<Record<string, string>> = {
  "1dtoy": "S8",
  "4ree": "S8",
  "d01-thermal-dispatch": "",
  "d02-single-hydro": "S6 S8 S12",
  "d03-two-hydro-cascade": "S6 S8 S12",
  "d04-transmission": "S6 S8 S12",
  "d05-fpha-constant-head": "S6 S8 S12",
  "d06-fpha-variable-head": "S6 S8 S12",
  "d07-fpha-computed": "S6 S8 S12",
  "d08-evaporation": "S6 S8 S12",
  "d09-multi-deficit": "",
  "d10-inflow-nonnegativity": "C13 S6 S8 S12",
  "d11-water-withdrawal": "S6 S7 S8 S12",
  "d12-par-annual": "N-15.load S6 S8",
  "d13-generic-constraint": "",
  "d14-block-factors": "",
  "d15-non-controllable-source": "",
  "d16-par1-lag-shift": "S6 S8",
  "d19-multi-hydro-par": "S6 S8",
  "d20-operational-violations": "S6 S8 S12",
  "d21-min-outflow-regression": "S6 S8 S12",
  "d22-per-block-min-outflow": "S6 S8 S12",
  "d23-bidirectional-withdrawal": "N-14.spillage S6 S7 S9 S12",
  "d24-productivity-override": "S6 S8 S12",
  "d25-discount-rate": "S6 S8 S12",
  "d26-estimated-par2": "S6 S8",
  "d27-per-stage-thermal-cost": "",
  "d28-decomp-weekly-monthly": "I10 N-15.load N-7 N-7.season S6 S8 S30",
  "d29-weekly-par-noise-sharing": "S6 S8 S30",
  "d30-multi-resolution-monthly-quarterly": "S6 S8 S30",
};

for (const [name, warnings] of Object.entries(WARNINGS)) {
  Deno.test({
    name: `the reference case ${name} is valid and warns of what is doubtful in it`,
    ignore: folder === undefined, // needs COBRE_REFERENCE_CASES, the folder of the reference cases
    fn: async () => {
      const reading = await readCase(join(folder!, name));
      const problems = [...reading.problems, ...validate(reading.case!)];
      const errors = problems.filter(({ severity }) => severity === "error");
      assert.deepEqual(errors.map(({ record }) => record.message), []);
      const found = new Set(problems.map(({ record }) => record.context["rule"] as string));
      assert.deepEqual([...found].sort(), warnings.split(" ").filter(Boolean).sort());
    },
  });
}
