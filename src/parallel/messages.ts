/** The one format of what threads say to each other by message; all else they share as memory. */
import type { ErrorRecord } from "../protocol/mod.ts";

/** What the owner of a team tells each thread, once. */
export interface StartMessage<J> {
  readonly type: "start";
  /** 0 is the leader. */
  readonly thread: number;
  readonly threads: number;
  readonly control: SharedArrayBuffer;
  readonly job: J;
}

/** What a thread tells the owner of its team. */
export type ThreadMessage<T, R> =
  /** Something on the way. */
  | { readonly type: "told"; readonly told: T }
  /** A task failed, or with task −1 the thread outside any task. */
  | {
    readonly type: "failed";
    readonly task: number;
    readonly records: readonly [ErrorRecord, ...ErrorRecord[]];
  }
  /** A round failed at this task: the end of the leader. */
  | { readonly type: "round_failed"; readonly task: number }
  /** The leader is done. */
  | { readonly type: "finished"; readonly result: R }
  /** A helper is done. */
  | { readonly type: "left" };
