import assert from "node:assert/strict";
import { makeVector, Table, tableToIPC, vectorFromArray } from "apache-arrow";
import * as arrow from "apache-arrow";
import fc from "fast-check";
import * as codec from "parquet-wasm";
import { CobreError } from "../protocol/mod.ts";
import { readParquetTable } from "./parquet_read.ts";
import type { ParquetSpec } from "./parquet_table.ts";
import { encodeParquetTable, type OutputColumn, writeParquetTable } from "./parquet_write.ts";
import { withFolder } from "./test_folder.ts";

const SPEC = {
  columns: [
    { name: "stage_id", type: "i32" },
    { name: "value", type: "f64" },
  ],
} as const satisfies ParquetSpec;

const SMALL: OutputColumn[] = [
  { name: "stage_id", type: "i32", values: Int32Array.from({ length: 50 }, (_, i) => i % 7) },
  { name: "value", type: "f64", values: Float64Array.from({ length: 50 }, (_, i) => i / 3) },
];

/** Reads bytes by way of a file, as every reader does. */
async function readBytes<const S extends ParquetSpec>(bytes: Uint8Array, spec: S) {
  const path = await Deno.makeTempFile();
  try {
    await Deno.writeFile(path, bytes);
    return await readParquetTable(path, "scenarios/t.parquet", spec);
  } finally {
    await Deno.remove(path);
  }
}

async function refusalOf(reading: Promise<unknown>): Promise<CobreError> {
  const thrown = await reading.then(() => assert.fail("accepted"), (error: unknown) => error);
  assert(thrown instanceof CobreError, String(thrown));
  return thrown;
}

/** A file as another program may write it, from an Arrow table. */
function foreign(
  table: Table,
  set: (b: codec.WriterPropertiesBuilder) => codec.WriterPropertiesBuilder = (b) => b,
): Uint8Array {
  const properties = set(new codec.WriterPropertiesBuilder()).build();
  return codec.writeParquet(codec.Table.fromIPCStream(tableToIPC(table, "stream")), properties);
}

Deno.test("columns are found by name; order and further columns do not matter", async () => {
  const bytes = await encodeParquetTable([
    { name: "note", type: "utf8", values: ["a", "b", "c"] },
    { name: "value", type: "f64", values: new Float64Array([1.5, NaN, -0]) },
    { name: "day", type: "date", values: new Int32Array([0, 20_000, -1]) },
    { name: "index", type: "u32", values: new Uint32Array([0, 1, 4_294_967_295]) },
    { name: "stage_id", type: "i32", values: new Int32Array([3, -2, 1]) },
  ]);
  const table = await readBytes(bytes, {
    columns: [
      { name: "stage_id", type: "i32" },
      { name: "index", type: "u32" },
      { name: "value", type: "f64" },
      { name: "day", type: "date" },
    ],
  });
  assert.equal(table.rows, 3);
  assert.deepEqual(table.columns, {
    stage_id: new Int32Array([3, -2, 1]),
    index: new Uint32Array([0, 1, 4_294_967_295]),
    value: new Float64Array([1.5, NaN, -0]),
    day: new Int32Array([0, 20_000, -1]),
  });
  assert.deepEqual(table.nulls, { stage_id: null, index: null, value: null, day: null });
});

Deno.test("row groups, nulls and columns of any shape come back as they were written", async () => {
  const cell = fc.option(fc.integer(), { nil: null });
  const shape = fc.record({
    cells: fc.array(fc.tuple(cell, fc.option(fc.double(), { nil: null })), { maxLength: 70 }),
    rowGroupRows: fc.integer({ min: 1, max: 40 }),
  });
  await fc.assert(
    fc.asyncProperty(shape, async ({ cells, rowGroupRows }) => {
      const id = Int32Array.from(cells, ([a]) => a ?? 99);
      const x = Float64Array.from(cells, ([, b]) => b ?? 99);
      const bytes = await encodeParquetTable([
        {
          name: "id",
          type: "i32",
          values: id,
          nulls: Uint8Array.from(cells, ([a]) => +(a === null)),
        },
        {
          name: "x",
          type: "f64",
          values: x,
          nulls: Uint8Array.from(cells, ([, b]) => +(b === null)),
        },
      ], { rowGroupRows });
      const table = await readBytes(bytes, {
        columns: [
          { name: "id", type: "i32", optional: true },
          { name: "x", type: "f64", optional: true },
        ],
      });
      assert.equal(table.rows, cells.length);
      cells.forEach(([a, b], row) => {
        assert.equal(table.isNull("id", row), a === null);
        assert.equal(table.isNull("x", row), b === null);
        assert(Object.is(table.columns.id[row], a ?? 0));
        assert(Object.is(table.columns.x[row], b ?? NaN));
      });
    }),
    { numRuns: 60 },
  );
});

Deno.test("more rows than one window holds keep their order", async () => {
  const rows = 2_500_000;
  const ids = Int32Array.from({ length: rows }, (_, i) => i);
  const nulls = new Uint8Array(rows);
  nulls[rows - 3] = 1;
  const columns: OutputColumn[] = [
    { name: "a", type: "i32", values: ids },
    { name: "b", type: "i32", values: ids, nulls },
  ];
  for (const rowGroupRows of [100_000, rows]) {
    const bytes = await encodeParquetTable(columns, { rowGroupRows });
    const table = await readBytes(bytes, {
      columns: [{ name: "a", type: "i32" }, { name: "b", type: "i32", optional: true }],
    });
    assert(table.columns.a.every((id, row) => id === row));
    assert.equal(table.nulls.b?.indexOf(1), rows - 3);
    assert.equal(table.columns.b[rows - 1], rows - 1);
  }
});

Deno.test("every compression and encoding that the codec knows is read", async () => {
  const ids = Int32Array.from({ length: 1000 }, (_, i) => i % 5);
  const table = new Table({ stage_id: makeVector(ids), value: makeVector(Float64Array.from(ids)) });
  const { Compression, Encoding } = codec;
  const variants = [
    ...[
      Compression.UNCOMPRESSED,
      Compression.SNAPPY,
      Compression.GZIP,
      Compression.BROTLI,
      Compression.ZSTD,
      Compression.LZ4_RAW,
    ].map((kind) => (b: codec.WriterPropertiesBuilder) => b.setCompression(kind)),
    (b: codec.WriterPropertiesBuilder) =>
      b.setDictionaryEnabled(false).setWriterVersion(codec.WriterVersion.V2),
    (b: codec.WriterPropertiesBuilder) =>
      b.setDictionaryEnabled(false).setColumnEncoding("value", Encoding.BYTE_STREAM_SPLIT)
        .setColumnEncoding("stage_id", Encoding.DELTA_BINARY_PACKED),
  ];
  for (const variant of variants) {
    const read = await readBytes(foreign(table, variant), SPEC);
    assert.deepEqual(read.columns.stage_id, ids);
    assert.deepEqual(read.columns.value, Float64Array.from(ids));
  }
});

Deno.test("a file without rows is an empty table", async () => {
  const bytes = await encodeParquetTable([
    { name: "stage_id", type: "i32", values: new Int32Array() },
    { name: "value", type: "f64", values: new Float64Array() },
  ]);
  const table = await readBytes(bytes, SPEC);
  assert.equal(table.rows, 0);
  assert.deepEqual(table.columns.value, new Float64Array());
});

Deno.test("an optional column that the file lacks is null in every row", async () => {
  const table = await readBytes(await encodeParquetTable(SMALL), {
    columns: [
      { name: "stage_id", type: "i32" },
      { name: "cost", type: "f64", optional: true },
      { name: "block_id", type: "i32", optional: true },
    ],
  });
  assert.equal(table.present("stage_id"), true);
  assert.equal(table.present("cost"), false);
  assert(table.columns.cost.every((value) => Number.isNaN(value)));
  assert(table.nulls.block_id?.every((flag) => flag === 1));
  const none = await readBytes(await encodeParquetTable(SMALL), {
    columns: [{ name: "cost", type: "f64", optional: true }],
  });
  assert.equal(none.rows, 50);
});

Deno.test("all problems with the columns of a file are told at once", async () => {
  const table = new Table({
    a: vectorFromArray([1n], new arrow.Int64()),
    b: vectorFromArray([1], new arrow.Float32()),
    c: vectorFromArray(["x"], new arrow.Utf8()),
    d: vectorFromArray(["x"], new arrow.Dictionary(new arrow.Utf8(), new arrow.Int32())),
    e: vectorFromArray([new Date(0)], new arrow.TimestampMillisecond()),
  });
  const error = await refusalOf(readBytes(foreign(table), {
    columns: [
      { name: "a", type: "i32" },
      { name: "b", type: "f64" },
      { name: "c", type: "u32", optional: true },
      { name: "d", type: "i32" },
      { name: "e", type: "date" },
      { name: "f", type: "i32" },
    ],
  }));
  const told = error.records.map(({ kind, context }) => [
    kind,
    context["field"],
    context["expected_type"] ?? context["expected"],
    context["actual_type"] ?? context["actual"],
  ]);
  assert.deepEqual(told, [
    ["TypeMismatch", "a", "Int32", "Int64"],
    ["TypeMismatch", "b", "Float64", "Float32"],
    ["TypeMismatch", "c", "UInt32", "Utf8"],
    ["TypeMismatch", "d", "Int32", "Dictionary (indices Int32)"],
    ["TypeMismatch", "e", "Date32", "Timestamp"],
    ["SchemaViolation", "f", "a column of type Int32", "the columns a, b, c, d, e"],
  ]);
  assert(error.records.every(({ context }) => context["file"] === "scenarios/t.parquet"));
  assert.deepEqual(error.records.slice(0, 2).map(({ suggestion }) => suggestion), [
    'Write the column as Int32; in pandas, astype("int32") makes it so',
    'Write the column as Float64; in pandas, astype("float64") makes it so',
  ]);
});

Deno.test("a null in a required column is told with its row in the whole file", async () => {
  const nulls = new Uint8Array(50);
  nulls[33] = nulls[40] = 1;
  const bytes = await encodeParquetTable(SMALL.map((column) => ({ ...column, nulls })), {
    rowGroupRows: 10,
  });
  const error = await refusalOf(readBytes(bytes, SPEC));
  const told = error.records.map(({ kind, context }) => [kind, context["field"], context["row"]]);
  assert.deepEqual(told, [["SchemaViolation", "stage_id", 33], ["SchemaViolation", "value", 33]]);
  assert.match(error.message, /null in row 33 and in 1 more$/);
});

Deno.test("what is not a whole Parquet file is told by its fault", async () => {
  const good = await encodeParquetTable(SMALL);
  const cases: [Uint8Array, RegExp][] = [
    [new Uint8Array(), /the file is empty/],
    [new TextEncoder().encode("id,value\n1,2\n"), /not a Parquet file/],
    [good.subarray(0, good.length - 20), /cut short/],
    [good.subarray(0, 5), /cut short/],
    [new TextEncoder().encode("PAR1\xff\xff\xff\x7fPAR1"), /cut short|footer is damaged/],
    [new Uint8Array([...good.subarray(0, 4), ...good.subarray(60)]), /damaged/],
  ];
  for (const [bytes, detail] of cases) {
    const error = await refusalOf(readBytes(bytes, SPEC));
    assert.equal(error.kind, "ParseError");
    assert.match(String(error.context["detail"]), detail);
  }
});

Deno.test("a file that cannot be had is missing", async () => {
  await withFolder(async (folder) => {
    const missing = await refusalOf(readParquetTable(`${folder}/x.parquet`, "x.parquet", SPEC));
    assert.equal(missing.kind, "MissingFile");
    assert.equal(missing.message, "Cannot read x.parquet: it does not exist");
    const isFolder = await refusalOf(readParquetTable(folder, "x.parquet", SPEC));
    assert.equal(isFolder.message, "Cannot read x.parquet: it is a folder");
  });
});

Deno.test("damaged files give a table or a record, and a good file can still be read", async () => {
  const mixed: OutputColumn[] = [
    ...SMALL,
    { name: "note", type: "utf8", values: Array.from({ length: 50 }, (_, i) => `n${i}`) },
  ];
  const encoded = await encodeParquetTable(mixed, { rowGroupRows: 20 });
  const plain = foreign(
    new Table({
      stage_id: makeVector(Int32Array.from({ length: 50 }, (_, i) => i)),
      value: makeVector(new Float64Array(50)),
    }),
    (b) => b.setCompression(codec.Compression.SNAPPY),
  );
  const damage = fc.record({
    source: fc.constantFrom(encoded, plain),
    edits: fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(255)), {
      minLength: 1,
      maxLength: 8,
    }),
    cut: fc.option(fc.tuple(fc.nat(60), fc.nat(60)), { freq: 5 }),
  });
  let refused = 0;
  await fc.assert(
    fc.asyncProperty(damage, async ({ source, edits, cut }) => {
      let bytes = source.slice();
      for (const [where, value] of edits) {
        // Most edits strike behind the head, which would be noticed at once.
        bytes[4 + Math.floor(where * (bytes.length - 13))] = value;
      }
      if (cut !== null) {
        const at = Math.floor(bytes.length * cut[0] / 61);
        bytes = new Uint8Array([...bytes.subarray(0, at), ...bytes.subarray(at + cut[1])]);
      }
      try {
        const table = await readBytes(bytes, SPEC);
        assert.equal(table.columns.value.length, table.rows);
      } catch (thrown) {
        if (!(thrown instanceof CobreError)) throw thrown;
        assert(!thrown.message.includes("\n"), thrown.message);
        refused++;
      }
    }),
    { numRuns: 600 },
  );
  assert(refused > 100);
  assert.deepEqual((await readBytes(encoded, SPEC)).columns.value, SMALL[1]!.values);
});

Deno.test("a file written to disk is read from there", async () => {
  await withFolder(async (folder) => {
    await writeParquetTable(`${folder}/t.parquet`, SMALL);
    const table = await readParquetTable(`${folder}/t.parquet`, "t.parquet", SPEC);
    assert.deepEqual(table.columns.stage_id, SMALL[0]!.values);
    assert.equal(table.file, "t.parquet");
  });
});
