import fc from "fast-check";
import { byteFaults } from "./byte_faults.ts";
import { filesOf, withGoodCases } from "./good_cases.ts";
import { soundOutcome } from "./outcome.ts";
import { tableFaults } from "./parquet_faults.ts";
import { runs } from "./runs.ts";

Deno.test("a table with any fault gets an answer that says what is wrong and where", async () => {
  await withGoodCases(async (cases) => {
    const known = cases.filter((good) => good.tables.size > 0);
    await fc.assert(
      fc.asyncProperty(filesOf(known, ".parquet"), tableFaults, async (place, fault) => {
        const spoilt = await fault.apply(place.good.tables.get(place.file)!);
        await place.whileItHolds(spoilt, soundOutcome);
      }),
      runs(1000),
    );
  });
});

Deno.test("tables with damaged bytes get an answer that says what is wrong and where", async () => {
  await withGoodCases(async (cases) => {
    await fc.assert(
      fc.asyncProperty(filesOf(cases, ".parquet"), byteFaults, async (place, fault) => {
        await place.whileItHolds(fault.apply(place.good.bytes.get(place.file)!), soundOutcome);
      }),
      runs(1000),
    );
  });
});
