/** What is wrong with an expression, and the words for it. */
import type { ContextInput, Kind } from "../../protocol/mod.ts";

/** A fault of an expression, found while reading it or while looking up its names. */
export type ExpressionFault =
  & {
    /** Offset in the text. */
    readonly at: number;
    readonly found: string;
    readonly expected: string;
  }
  & (
    | { readonly kind: "SchemaViolation" }
    | { readonly kind: "InvalidEnum"; readonly allowed: readonly string[] }
    | { readonly kind: "MissingReference"; readonly registry: string }
  );

/** Longest piece of an expression that a message shows. */
const EXCERPT = 72;

/** One sentence: where in the expression, what stands there, what was wanted. */
export function faultMessage(owner: string, text: string, fault: ExpressionFault): string {
  const { at, found, expected } = fault;
  return `Cannot read the expression of ${owner} at column ${at + 1}: ` +
    `found ${found}, expected ${expected}; the text there is "${markedExcerpt(text, at)}"`;
}

/** The piece of the text around an offset, with an arrow before the place. */
export function markedExcerpt(text: string, at: number): string {
  const start = Math.max(0, Math.min(at - EXCERPT / 2, text.length - EXCERPT));
  const end = Math.min(text.length, start + EXCERPT);
  const piece = (from: number, to: number) => text.slice(from, to).replace(/\s/g, " ");
  return (start > 0 ? "…" : "") + piece(start, at) + "→" + piece(at, end) +
    (end < text.length ? "…" : "");
}

/** Kind and context of the record of a fault, without the place in the file. */
export function faultContext(
  fault: ExpressionFault,
): { readonly kind: Kind; readonly context: ContextInput<Kind> } {
  switch (fault.kind) {
    case "SchemaViolation":
      return {
        kind: fault.kind,
        context: { expected: fault.expected, actual: fault.found },
      };
    case "InvalidEnum":
      return {
        kind: fault.kind,
        context: { value: bare(fault.found), allowed_values: fault.allowed },
      };
    case "MissingReference":
      return {
        kind: fault.kind,
        context: {
          referenced_value: bare(fault.found),
          referenced_registry: fault.registry,
        },
      };
  }
}

/** What stood in the text, without the quotes that messages put around it. */
function bare(found: string): string {
  return found.startsWith("'") && found.endsWith("'") ? found.slice(1, -1) : found;
}
