/** The streams and the environment of the process: the only place that touches stdout and stderr. */

/** One of the two streams that the program writes to. */
export interface Stream {
  readonly isTerminal: boolean;
  /** Width in characters; null when there is none to know. */
  readonly columns: number | null;
  /** Writes all of the text. After a reader has gone away, writing does nothing. */
  write(text: string): Promise<void>;
}

/** Where the program was started. */
export interface Terminal {
  readonly stdout: Stream;
  readonly stderr: Stream;
  /** An environment variable; undefined when it is not set, or empty. */
  env(name: string): string | undefined;
}

/** The terminal of this process. */
export function processTerminal(): Terminal {
  return { stdout: stream(Deno.stdout, true), stderr: stream(Deno.stderr, false), env: variable };
}

function variable(name: string): string | undefined {
  try {
    return Deno.env.get(name) || undefined;
  } catch {
    return undefined;
  }
}

interface Handle {
  isTerminal(): boolean;
  writeSync(bytes: Uint8Array): number;
}

/**
 * Bytes that go out at once: POSIX promises that a pipe takes so many whole or not at all. That
 * matters for pipes that somebody else made non-blocking, as the launchers of Node do.
 */
const PIECE = 512;

/** How long to wait for the reader of such a pipe when it is full. */
const FULL_PIPE_MS = 2;

const NEWLINE = 10;
const NOTHING = new Uint8Array(0);

/** `holdsLines` says that the stream keeps what follows the last line feed until it is flushed. */
function stream(handle: Handle, holdsLines: boolean): Stream {
  let open = true;
  return {
    isTerminal: handle.isTerminal(),
    columns: handle.isTerminal() ? Deno.consoleSize().columns : null,
    async write(text) {
      const bytes = new TextEncoder().encode(text);
      for (let at = 0; open && at < bytes.length;) {
        let piece = pieceOf(bytes, at);
        at += piece.length;
        while (open) {
          try {
            handle.writeSync(piece);
            break;
          } catch (thrown) {
            // The reader closed the pipe, as `head` does: the command ends with its own code.
            if (!(thrown instanceof Deno.errors.WouldBlock)) open = false;
            // A piece without a line feed has been taken by then, and is waiting to be flushed.
            else if (holdsLines && piece.at(-1) !== NEWLINE) piece = NOTHING;
            await new Promise((resume) => setTimeout(resume, open ? FULL_PIPE_MS : 0));
          }
        }
      }
    },
  };
}

/** The next bytes: up to the last line feed among them, or all when there is none. */
function pieceOf(bytes: Uint8Array, from: number): Uint8Array {
  const piece = bytes.subarray(from, from + PIECE);
  const end = piece.lastIndexOf(NEWLINE) + 1;
  return end > 0 ? piece.subarray(0, end) : piece;
}
