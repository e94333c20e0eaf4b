/** What a provider in `scripts/generate/` offers. */

/** A file of the repository that a program writes. */
export interface GeneratedFile {
  /** Path relative to the root of the repository. */
  readonly path: string;
  /** The whole content; Markdown is formatted afterwards, everything else is written as it is. */
  content(): Promise<string>;
}

/** A value as the repository writes JSON: two spaces, a newline at the end. */
export function jsonText(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
