/**
 * How the ranks of a run speak with each other. Calls block, are collective, and are made by one
 * thread of each rank in the same order.
 *
 * Methods to define: `rank`, `size`, the collectives, `abort`, `close`. Sums of floating-point
 * numbers are no collective on purpose: what must not depend on the number of ranks is gathered and
 * then summed in the order of the trajectories.
 */
export interface Communicator {
  readonly rank: number;
  readonly size: number;
  /**
   * Puts the `send` of every rank one after the other into `receive`, of which rank r fills
   * `counts[r]` entries. `send` and `receive` are of one kind.
   */
  allgatherv<A extends MessageArray>(send: A, receive: A, counts: Int32Array): void;
  /** Replaces each value by the least or the greatest of all ranks, or an integer by the sum. */
  allreduce(values: Float64Array, operation: "min" | "max"): void;
  allreduce(values: Int32Array, operation: "min" | "max" | "sum"): void;
  /** Replaces `values` by those of the rank `root`. */
  broadcast(values: MessageArray, root: number): void;
  /** Waits until every rank is here. */
  barrier(): void;
  /** Ends all ranks with an exit code, at once. */
  abort(exitCode: number): never;
  /** Ends the communication; afterwards only `rank` and `size` may be asked. */
  close(): void;
}

/** What can be sent. */
export type MessageArray = Float64Array | Int32Array | Uint8Array;
