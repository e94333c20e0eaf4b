/** How a run is asked to stop, and what it does then. */

/** How long the running iteration may go on after the request (ms). */
const GRACE_MS = 30_000;

/** What can be stopped. */
export interface Stoppable {
  /** Ends after the iteration or scenario that runs now. */
  stop(): void;
  /** Ends at once. */
  abandon(): void;
}

/**
 * Stops work when the signal is aborted: at its next boundary, and when that takes too long at once.
 * Returns what takes the watch away again.
 */
export function stopOnAbort(
  signal: AbortSignal,
  work: Stoppable,
  graceMs: number = GRACE_MS,
): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = (): void => {
    work.stop();
    timer = setTimeout(() => work.abandon(), graceMs);
  };
  if (signal.aborted) stop();
  else signal.addEventListener("abort", stop, { once: true });
  return () => {
    signal.removeEventListener("abort", stop);
    clearTimeout(timer);
  };
}
