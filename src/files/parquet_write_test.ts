import assert from "node:assert/strict";
import * as zlib from "node:zlib";
import { type AsyncBuffer, parquetMetadata, parquetReadObjects } from "hyparquet";
import { CobreError } from "../protocol/mod.ts";
import { encodeParquetTable, type OutputColumn, writeParquetTable } from "./parquet_write.ts";
import { withFolder } from "./test_folder.ts";

const COLUMNS: OutputColumn[] = [
  { name: "i8", type: "i8", values: new Int8Array([1, -2, 3]) },
  {
    name: "i32",
    type: "i32",
    values: new Int32Array([1, -2, 9]),
    nulls: new Uint8Array([0, 0, 1]),
  },
  { name: "u32", type: "u32", values: new Uint32Array([1, 2, 4_294_967_295]) },
  { name: "i64", type: "i64", values: new BigInt64Array([1n, -(2n ** 62n), 3n]) },
  { name: "ms", type: "i64", values: new Float64Array([1, -2, 2 ** 52]), nullable: true },
  {
    name: "f64",
    type: "f64",
    values: new Float64Array([9, NaN, -0.1]),
    nulls: new Uint8Array([1, 0, 0]),
  },
  { name: "bool", type: "bool", values: new Uint8Array([1, 0, 2]) },
  { name: "utf8", type: "utf8", values: ["ação", "", "😀"], nulls: new Uint8Array([0, 1, 0]) },
  { name: "date", type: "date", values: new Int32Array([0, 19_000, -1]) },
  { name: "at", type: "timestamp", values: new Float64Array([0, 1_700_000_000_000, -1]) },
];

/** Reads all rows with a reader that shares no code with the writer. */
function readElsewhere(bytes: Uint8Array): Promise<Record<string, unknown>[]> {
  const file: AsyncBuffer = {
    byteLength: bytes.length,
    slice: (start, end) => bytes.slice(start, end).buffer as ArrayBuffer,
  };
  const compressors = {
    ZSTD: (input: Uint8Array) => new Uint8Array(zlib.zstdDecompressSync(input)),
  };
  return parquetReadObjects({ file, compressors });
}

Deno.test("another reader sees every type, nulls and row groups", async () => {
  const rows = await readElsewhere(await encodeParquetTable(COLUMNS, { rowGroupRows: 2 }));
  assert.deepEqual(rows, [
    {
      i8: 1,
      i32: 1,
      u32: 1,
      i64: 1n,
      ms: 1n,
      f64: null,
      bool: true,
      utf8: "ação",
      date: new Date(0),
      at: new Date(0),
    },
    {
      i8: -2,
      i32: -2,
      u32: 2,
      i64: -(2n ** 62n),
      ms: -2n,
      f64: NaN,
      bool: false,
      utf8: null,
      date: new Date(19_000 * 86_400_000),
      at: new Date(1_700_000_000_000),
    },
    {
      i8: 3,
      i32: null,
      u32: 4_294_967_295,
      i64: 3n,
      ms: 2n ** 52n,
      f64: -0.1,
      bool: true,
      utf8: "😀",
      date: new Date(-86_400_000),
      at: new Date(-1),
    },
  ]);
});

Deno.test("row groups, compression, nullability and metadata are as asked for", async () => {
  const options = { rowGroupRows: 2, metadata: { format_version: "1" } };
  const bytes = await encodeParquetTable(COLUMNS, options);
  const footer = parquetMetadata(bytes.slice().buffer);
  assert.deepEqual(footer.row_groups.map((group) => group.num_rows), [2n, 1n]);
  const chunks = footer.row_groups.flatMap((group) => group.columns);
  assert(chunks.every((chunk) => chunk.meta_data?.codec === "ZSTD"));
  assert.equal(chunks[0]?.meta_data?.statistics?.min_value, -2);
  const nullable = footer.schema.filter((field) => field.repetition_type === "OPTIONAL");
  assert.deepEqual(nullable.map((field) => field.name), ["i32", "ms", "f64", "utf8"]);
  const version = footer.key_value_metadata?.find(({ key }) => key === "format_version");
  assert.equal(version?.value, "1");
});

Deno.test("the same columns give the same bytes", async () => {
  assert.deepEqual(await encodeParquetTable(COLUMNS), await encodeParquetTable(COLUMNS));
});

Deno.test("a table without rows keeps its columns", async () => {
  const bytes = await encodeParquetTable([
    { name: "a", type: "i32", values: new Int32Array() },
    { name: "b", type: "utf8", values: [] },
    { name: "c", type: "bool", values: new Uint8Array(), nulls: new Uint8Array() },
  ]);
  assert.deepEqual(await readElsewhere(bytes), []);
  const { schema } = parquetMetadata(bytes.slice().buffer);
  assert.deepEqual(schema.slice(1).map((field) => field.name), ["a", "b", "c"]);
});

Deno.test("columns that do not fit together are refused", async () => {
  const a: OutputColumn = { name: "a", type: "i32", values: new Int32Array(2) };
  const cases: [OutputColumn[], RegExp][] = [
    [[a, a], /column a comes twice/],
    [[a, { ...a, name: "b", values: new Int32Array(3) }], /b has 3 rows instead of 2/],
    [[{ ...a, nulls: new Uint8Array(1) }], /1 null flags for 2 rows/],
    [[{ ...a, nulls: new Uint8Array([0, 1]), nullable: false }], /declared without/],
  ];
  for (const [columns, message] of cases) {
    await assert.rejects(encodeParquetTable(columns), message);
  }
});

Deno.test("a table that cannot be written names the path and leaves nothing", async () => {
  await withFolder(async (folder) => {
    const error = await writeParquetTable(`${folder}/none/t.parquet`, COLUMNS).catch((e) => e);
    assert(error instanceof CobreError);
    assert.equal(error.kind, "OutputWriteFailed");
    assert.equal(error.context["path"], `${folder}/none/t.parquet`);
    const fraction: OutputColumn = { name: "a", type: "i64", values: new Float64Array([0.5]) };
    await assert.rejects(writeParquetTable(`${folder}/t.parquet`, [fraction]), /Cannot encode/);
    assert.deepEqual([...Deno.readDirSync(folder)], []);
  });
});
