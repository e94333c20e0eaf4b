import assert from "node:assert/strict";
import { openNativeHighs } from "./highs_native.ts";
import { formatMps } from "./lp_mps.ts";
import { close, refuses, smallLp } from "./lp_test_helpers.ts";
import type { LpData } from "./lp_types.ts";
import { findNativeForTests } from "./native_for_tests.ts";
import { randomLp } from "./random_lp.ts";

Deno.test("a model becomes MPS text with its names", () => {
  const text = formatMps(smallLp(), {
    model: "small one",
    columns: ["turbined flow", "spill"],
    rows: ["balance", "limit"],
  });
  assert.equal(
    text,
    `NAME small_one
ROWS
 N objective
 G balance
 L limit
COLUMNS
 turbined_flow objective 2
 turbined_flow balance 1
 turbined_flow limit 1
 spill objective 3
 spill balance 1
 spill limit -1
RHS
 rhs objective -1
 rhs balance 4
 rhs limit 2
RANGES
BOUNDS
 LO bound turbined_flow 0
 UP bound turbined_flow 10
 LO bound spill 0
 UP bound spill 10
ENDATA
`,
  );
});

Deno.test("rows and bounds of every kind have their own form", () => {
  const lp: LpData = {
    columnCosts: new Float64Array(5),
    columnLower: Float64Array.of(-Infinity, -Infinity, 0, 3, 2),
    columnUpper: Float64Array.of(Infinity, 4, Infinity, 3, 1),
    rowLower: Float64Array.of(-Infinity, 5, 1, 9),
    rowUpper: Float64Array.of(Infinity, 5, 2, 8),
    matrix: {
      orientation: "columns",
      starts: Int32Array.of(0, 1, 1, 1, 1, 1),
      indices: Int32Array.of(3),
      values: Float64Array.of(0.1),
    },
    offset: 0,
  };
  const lines = formatMps(lp).split("\n").map((line) => line.trim());
  for (
    const line of [
      "N r0",
      "E r1",
      "L r2",
      "range r2 1",
      "G r3",
      "L r3_upper",
      "c0 r3 0.1",
      "c0 r3_upper 0.1",
      "rhs r3 9",
      "rhs r3_upper 8",
      "FR bound c0",
      "MI bound c1",
      "UP bound c1 4",
      "FX bound c3 3",
      "LO bound c4 2",
      "UP bound c4 1",
      "c2 objective 0",
    ]
  ) assert.ok(lines.includes(line), line);
  assert.ok(!lines.some((line) => /bound c2/.test(line)), "default bounds are left out");
});

Deno.test("names that meet are told apart", () => {
  const names = { rows: ["a", "a"], columns: ["", "objective"] };
  const text = formatMps(smallLp(), names);
  assert.match(text, / G a\n L a_1\n/);
  assert.match(text, / _ objective 2\n/);
  assert.match(text, / objective_1 objective 3\n/);
});

Deno.test("what cannot be written is refused", () => {
  refuses("InternalPanic", /by rows/, () => formatMps(smallLp("rows")));
  refuses("InternalPanic", /1 names were given, wanted 2/, () => {
    formatMps(smallLp(), { rows: ["a"] });
  });
});

const native = findNativeForTests();

Deno.test({
  name: native === null
    ? "HiGHS reads the MPS text (ignored: no native library was found)"
    : "HiGHS reads the MPS text and finds the same optimum",
  ignore: native === null,
  fn: async () => {
    const reader = Deno.dlopen(native!, {
      Highs_create: { parameters: [], result: "pointer" },
      Highs_destroy: { parameters: ["pointer"], result: "void" },
      Highs_setBoolOptionValue: { parameters: ["pointer", "buffer", "i32"], result: "i32" },
      Highs_readModel: { parameters: ["pointer", "buffer"], result: "i32" },
      Highs_run: { parameters: ["pointer"], result: "i32" },
      Highs_getObjectiveValue: { parameters: ["pointer"], result: "f64" },
    });
    const text = (value: string) => new TextEncoder().encode(value + "\0");
    const file = await Deno.makeTempFile({ suffix: ".mps" });
    const { symbols } = reader;
    const highs = symbols.Highs_create();
    symbols.Highs_setBoolOptionValue(highs, text("output_flag"), 0);
    try {
      using solver = openNativeHighs(native!);
      using model = solver.createModel();
      for (let seed = 0; seed < 30; seed++) {
        model.load(seed === 0 ? smallLp() : randomLp(seed, 12, 9));
        assert.equal(model.solve(), "optimal");
        Deno.writeTextFileSync(file, formatMps(model.data()));
        assert.equal(symbols.Highs_readModel(highs, text(file)), 0);
        assert.equal(symbols.Highs_run(highs), 0);
        close(symbols.Highs_getObjectiveValue(highs), model.objective(), `seed ${seed}`);
      }
    } finally {
      symbols.Highs_destroy(highs);
      reader.close();
      await Deno.remove(file);
    }
  },
});
