/** What happens while a command works, for those who ask: `COBRE_LOG` says how much of it. */
import { CobreError, nearest } from "../protocol/mod.ts";
import type { Globals } from "./global_flags.ts";
import type { Terminal } from "./terminal.ts";

/** From silent to talkative. */
export const LOG_LEVELS = ["error", "warn", "info", "debug"] as const;
/** See {@link LOG_LEVELS}. */
export type LogLevel = (typeof LOG_LEVELS)[number];

/** What a record says besides its message. */
export type LogFields = Readonly<Record<string, string | number | boolean | null>>;

/** Takes records of every level and keeps those that were asked for. */
export interface Log {
  /** Whether records of this level are kept, for those that are costly to make. */
  keeps(level: LogLevel): boolean;
  write(level: LogLevel, message: string, fields?: LogFields): void;
  /** Ends when everything is written. */
  close(): Promise<void>;
}

/** The log before it is known where it goes, and after it could not be opened. */
export const NO_LOG: Log = { keeps: () => false, write() {}, close: () => Promise.resolve() };

/** Opens the log: text for people, lines of JSON where the answer is JSON too. */
export function openLog(globals: Globals, terminal: Terminal): Log {
  const limit = LOG_LEVELS.indexOf(levelOf(terminal));
  const format = globals.outputFormat === "human" ? textLine : jsonLine;
  const sink = globals.logFile === null ? streamSink(terminal) : fileSink(globals.logFile);
  return {
    keeps: (level) => LOG_LEVELS.indexOf(level) <= limit,
    write(level, message, fields = {}) {
      if (LOG_LEVELS.indexOf(level) > limit) return;
      sink.write(format(new Date().toISOString(), level, message, fields));
    },
    close: sink.close,
  };
}

function levelOf(terminal: Terminal): LogLevel {
  const value = terminal.env("COBRE_LOG") ?? "warn";
  const level = LOG_LEVELS.find((level) => level === value.toLowerCase());
  if (level !== undefined) return level;
  const guess = nearest(value, LOG_LEVELS);
  throw CobreError.of(
    "InvalidArguments",
    `COBRE_LOG is ${JSON.stringify(value)}, expected ${LOG_LEVELS.join(", ")}`,
    { argument: "COBRE_LOG", value, detail: "unknown level" },
    guess === null ? null : `Did you mean ${guess}?`,
  );
}

interface Sink {
  write(line: string): void;
  close(): Promise<void>;
}

/** Lines go out one after the other, and nobody waits for them before the end. */
function streamSink(terminal: Terminal): Sink {
  let last = Promise.resolve();
  return {
    write: (line) => void (last = last.then(() => terminal.stderr.write(line))),
    close: () => last,
  };
}

function fileSink(path: string): Sink {
  try {
    const file = Deno.openSync(path, { append: true, create: true });
    return {
      write: (line) => {
        const bytes = new TextEncoder().encode(line);
        try {
          for (let at = 0; at < bytes.length;) at += file.writeSync(bytes.subarray(at));
        } catch {
          // A full disk must not stop the command that the log only tells about.
        }
      },
      close: () => Promise.resolve(file.close()),
    };
  } catch (thrown) {
    const detail = thrown instanceof Error ? thrown.message : String(thrown);
    throw CobreError.of(
      "OutputWriteFailed",
      `Cannot open the log file ${path}: ${detail}`,
      { path, operation: "open", detail },
      null,
      thrown,
    );
  }
}

function textLine(time: string, level: LogLevel, message: string, fields: LogFields): string {
  const pairs = Object.entries(fields).map(([key, value]) =>
    ` ${key}=${typeof value === "string" && /[\s"=]/.test(value) ? JSON.stringify(value) : value}`
  );
  return `${time} ${level.toUpperCase().padEnd(5)} ${message}${pairs.join("")}\n`;
}

function jsonLine(time: string, level: LogLevel, message: string, fields: LogFields): string {
  return `${JSON.stringify({ time, level, message, ...fields })}\n`;
}
