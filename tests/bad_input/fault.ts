/** A way to spoil something, with a name for the report of a failure. */
import fc from "fast-check";

/** Turns what is good into what is not, or not always. */
export class Fault<T, U = T> {
  constructor(readonly name: string, readonly apply: (good: T) => U) {}

  /** What fast-check prints. */
  [fc.toStringMethod](): string {
    return this.name;
  }
}
