/** What a thread does to take part in a team. */
import { type CobreError, toCobreError } from "../protocol/mod.ts";
import { Control, RoundFailed, type RunTask, TeamBroken } from "./control.ts";
import type { StartMessage, ThreadMessage } from "./messages.ts";

/** Starts rounds of work on all threads of the team. */
export interface Lead {
  readonly threads: number;
  /** Runs tasks 0 to `tasks` − 1 on all threads and returns when all are done. */
  run(tasks: number, ...args: number[]): void;
  /** See {@link Control.stopRequest}. */
  stopRequest(): number;
}

/** What the leader and the helpers do for a job. */
export interface TeamMember<R> {
  /** Does one task of a round; called on every thread. */
  readonly runTask: RunTask;
  /** Called on the leader alone; the job is done when it returns. */
  readonly lead: (team: Lead) => R | Promise<R>;
  /** Frees what the thread holds. */
  readonly close: () => void;
}

/** Sets up a thread for a job. */
export type Enlist<J, T, R> = (
  job: J,
  thread: number,
  threads: number,
  tell: (told: T, transfer?: Transferable[]) => void,
) => Promise<TeamMember<R>>;

/** The part of a worker's global scope that is used. */
interface WorkerScope {
  onmessage: ((event: MessageEvent) => void) | null;
  postMessage(message: unknown, transfer: Transferable[]): void;
  close(): void;
}

/** To be called by the module of a team's threads: waits for the job and does it. */
export function joinTeam<J, T, R>(enlist: Enlist<J, T, R>): void {
  const scope = globalThis as unknown as WorkerScope;
  const post = (message: ThreadMessage<T, R>, transfer: Transferable[] = []): void =>
    scope.postMessage(message, transfer);
  scope.onmessage = ({ data }: MessageEvent<StartMessage<J>>) => {
    serve(data, enlist, post).catch((thrown: unknown) => {
      if (thrown instanceof RoundFailed) {
        post({ type: "round_failed", task: thrown.task });
      } else if (!(thrown instanceof TeamBroken)) {
        post({ type: "failed", task: -1, records: toCobreError(thrown).records });
      }
    });
  };
}

async function serve<J, T, R>(
  { thread, threads, control: memory, job }: StartMessage<J>,
  enlist: Enlist<J, T, R>,
  post: (message: ThreadMessage<T, R>, transfer?: Transferable[]) => void,
): Promise<void> {
  const control = new Control(memory);
  const tell = (told: T, transfer?: Transferable[]): void => post({ type: "told", told }, transfer);
  const member = await enlist(job, thread, threads, tell);
  const failed = (task: number, thrown: unknown): void => {
    const error: CobreError = toCobreError(thrown);
    post({ type: "failed", task, records: error.records });
  };
  if (thread > 0) {
    control.follow(member.runTask, failed);
    member.close();
    post({ type: "left" });
    return;
  }
  const lead: Lead = {
    threads,
    run: (tasks, ...args) => control.runRound(threads, tasks, args, member.runTask, failed),
    stopRequest: () => control.stopRequest,
  };
  const result = await member.lead(lead);
  control.release();
  member.close();
  post({ type: "finished", result });
}
