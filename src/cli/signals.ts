/** Signals that ask a run to stop. */
import { ExitCode } from "../protocol/mod.ts";

/** Signals that ask politely. */
const SIGNALS = ["SIGTERM", "SIGINT"] as const;
/** See {@link SIGNALS}. */
export type StopSignal = (typeof SIGNALS)[number];

/**
 * Calls back at the first signal. A second SIGINT ends the process at once; a second SIGTERM changes
 * nothing, for launchers repeat it while they wait. Returns what gives the signals back.
 */
export function onStopSignal(stop: (signal: StopSignal) => void): () => void {
  let asked = false;
  const listeners = SIGNALS.map((signal) => {
    const listener = (): void => {
      if (asked && signal === "SIGINT") Deno.exit(ExitCode.interrupted);
      if (!asked) stop(signal);
      asked = true;
    };
    return { signal, listener };
  });
  const added = listeners.filter(({ signal, listener }) => {
    try {
      Deno.addSignalListener(signal, listener);
      return true;
    } catch {
      // Windows has no SIGTERM.
      return false;
    }
  });
  return () => {
    for (const { signal, listener } of added) Deno.removeSignalListener(signal, listener);
  };
}
