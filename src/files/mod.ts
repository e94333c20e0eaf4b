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
export {
  encodeParquetTable,
  type OutputColumn,
  type OutputValues,
  type WriteParquetOptions,
  writeParquetTable,
} from "./parquet_write.ts";
export {
  recoverSwappedFolder,
  REPLACED_SUFFIX,
  replaceFolderAtomic,
  TEMPORARY_SUFFIX,
  writeFileAtomic,
} from "./atomic.ts";
export { acquireFolderLock, type FolderLock, LOCK_FILE } from "./lock.ts";
export { canonicalJson, hashBytes, hashFile, hashJson, type Sha256 } from "./hash.ts";
export { type FileState, fileState, listFiles } from "./listing.ts";
