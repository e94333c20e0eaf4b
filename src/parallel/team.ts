/** A team of threads as its owner sees it: workers that do one job together. */
import { CobreError, type ErrorRecord, toCobreError } from "../protocol/mod.ts";
import { Control, controlMemory } from "./control.ts";
import type { StartMessage, ThreadMessage } from "./messages.ts";

/** How a team is set up. */
export interface TeamSettings<J, T> {
  /** The module that every thread runs; it calls `joinTeam`. */
  readonly module: URL;
  readonly threads: number;
  /** Posted to every thread; large arrays in it should be shared. */
  readonly job: J;
  /** Rank that errors of threads are reported with. */
  readonly rank?: number;
  /** Called with what threads tell. */
  readonly onTold: (told: T) => void;
  /** Called when a task has failed: threads that wait for something else should be let go. */
  readonly onFailure?: () => void;
}

/**
 * Threads at work. The owner never blocks: it hears what threads tell, asks them to stop, and awaits
 * the result of the leader. Whatever goes wrong in a thread ends the team and rejects the result; of
 * several failed tasks the first one counts, so the error is the same for any number of threads.
 */
export class Team<R> implements Disposable {
  /** What the leader returned. */
  readonly result: Promise<R>;
  readonly #control: Control;
  readonly #workers: Worker[] = [];
  readonly #resolve: (result: R) => void;
  readonly #reject: (error: CobreError) => void;
  readonly #failures = new Map<number, readonly [ErrorRecord, ...ErrorRecord[]]>();
  #failedTask: number | null = null;
  #ended = false;

  private constructor(memory: SharedArrayBuffer) {
    this.#control = new Control(memory);
    const { promise, resolve, reject } = Promise.withResolvers<R>();
    this.result = promise;
    this.#resolve = resolve;
    this.#reject = reject;
  }

  /** Starts a team. */
  static start<J, T, R>(settings: TeamSettings<J, T>): Team<R> {
    const memory = controlMemory();
    const team = new Team<R>(memory);
    const { threads, job, module, rank = 0 } = settings;
    for (let thread = 0; thread < threads; thread++) {
      const worker = new Worker(module, { type: "module", name: `cobre ${rank}.${thread}` });
      team.#workers.push(worker);
      worker.onmessage = ({ data }: MessageEvent<ThreadMessage<T, R>>) =>
        team.#hear(data, settings);
      worker.onerror = (event) => {
        // Otherwise the runtime would end the whole process.
        event.preventDefault();
        team.#threadEnded(rank, thread, event.message);
      };
      worker.onmessageerror = () => {
        team.#threadEnded(rank, thread, "a message could not be read");
      };
      const start: StartMessage<J> = { type: "start", thread, threads, control: memory, job };
      worker.postMessage(start);
    }
    return team;
  }

  /** Asks the leader to stop at the next place where it may. */
  requestStop(urgency = 1): void {
    this.#control.requestStop(urgency);
  }

  /** Ends all threads at once, whatever they do; the result is rejected with `error`. */
  terminate(error: CobreError): void {
    this.#end();
    this.#reject(error);
  }

  [Symbol.dispose](): void {
    this.#end();
  }

  #hear<T>(
    message: ThreadMessage<T, R>,
    { onTold, onFailure }: Pick<TeamSettings<unknown, T>, "onTold" | "onFailure">,
  ): void {
    if (this.#ended) return;
    switch (message.type) {
      case "told":
        try {
          onTold(message.told);
        } catch (thrown) {
          this.terminate(toCobreError(thrown));
        }
        return;
      case "failed":
        this.#failures.set(message.task, message.records);
        if (message.task < 0) {
          this.terminate(new CobreError(message.records));
          return;
        }
        onFailure?.();
        this.#endIfFailed();
        return;
      case "round_failed":
        this.#failedTask = message.task;
        this.#endIfFailed();
        return;
      case "finished":
        this.#end();
        this.#resolve(message.result);
        return;
      case "left":
        return;
    }
  }

  /** The leader says which task counts; its thread may tell the reason a moment later. */
  #endIfFailed(): void {
    const records = this.#failedTask === null ? undefined : this.#failures.get(this.#failedTask);
    if (records !== undefined) this.terminate(new CobreError(records));
  }

  #threadEnded(rank: number, thread: number, inner: string): void {
    if (this.#ended) return;
    this.#control.breakTeam();
    this.terminate(
      CobreError.of(
        "WorkerFailed",
        `Thread ${thread} of rank ${rank} ended unexpectedly: ${inner}`,
        { rank, exit_code: null, inner },
      ),
    );
  }

  #end(): void {
    if (this.#ended) return;
    this.#ended = true;
    for (const worker of this.#workers) worker.terminate();
  }
}
