/** Parquet and JSON in and out, atomic and locked writes, hashes; knows no domain. */
export { type JsonDocument, parseJsonDocument, readJsonFile } from "./json_document.ts";
export type { JsonPath } from "./json_positions.ts";
export type { TextPosition } from "./text_position.ts";
export type {
  ColumnArray,
  ColumnName,
  ColumnSpec,
  ColumnType,
  ParquetSpec,
  ParquetTable,
} from "./parquet_table.ts";
export { readParquetTable } from "./parquet_read.ts";
