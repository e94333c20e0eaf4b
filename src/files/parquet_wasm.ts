/** The one place that loads the Parquet codec: on first use, since loading it takes 60 ms. */

/** The codec's module. */
export type ParquetCodec = typeof import("parquet-wasm");

/** Loads the codec; later calls give the same module. */
export function loadParquetCodec(): Promise<ParquetCodec> {
  return import("parquet-wasm");
}
