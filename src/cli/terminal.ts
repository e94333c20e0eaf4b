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
  return { stdout: stream(Deno.stdout), stderr: stream(Deno.stderr), env: variable };
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

/** How long to wait for the reader of a pipe that somebody else made non-blocking. */
const FULL_PIPE_MS = 2;

function stream(handle: Handle): Stream {
  let open = true;
  return {
    isTerminal: handle.isTerminal(),
    columns: handle.isTerminal() ? Deno.consoleSize().columns : null,
    async write(text) {
      const bytes = new TextEncoder().encode(text);
      for (let at = 0; open && at < bytes.length;) {
        try {
          at += handle.writeSync(bytes.subarray(at));
        } catch (thrown) {
          if (thrown instanceof Deno.errors.WouldBlock) {
            await new Promise((resume) => setTimeout(resume, FULL_PIPE_MS));
          } else {
            // The reader closed the pipe, as `head` does: the command still ends with its own code.
            open = false;
          }
        }
      }
    },
  };
}
