/** Reads what a source file imports. */
import { maskSource } from "./masked_source.ts";
import { isScript, lineAt, type SourceFile } from "./problem.ts";

/** One import of a file. */
export interface Import {
  readonly file: string;
  readonly line: number;
  /** As written in the source. */
  readonly specifier: string;
  /** The path inside the repository that a relative specifier means, else null. */
  readonly target: string | null;
  /** Workers load a file by its address: a dependency, but not one that can be circular. */
  readonly kind: "static" | "dynamic" | "worker";
}

const PATTERNS: readonly (readonly [Import["kind"], RegExp])[] = [
  ["static", /(?<![.\w$])(?:import|export)\b[\w\s{},*$]*?\bfrom\s*(?=["'])/g],
  ["static", /(?<![.\w$])import\s*(?=["'])/g],
  ["dynamic", /(?<![.\w$])import\s*\(\s*(?=["'`])/g],
  ["worker", /\bnew\s+URL\(\s*(?=["'])/g],
];

/** Every import of a file that is written as a literal, in the order of the source. */
export function importsOf(file: SourceFile): Import[] {
  if (!isScript(file.path)) return [];
  const code = maskSource(file.text).code;
  const imports: (Import & { offset: number })[] = [];
  for (const [kind, pattern] of PATTERNS) {
    for (const match of code.matchAll(pattern)) {
      const open = match.index + match[0].length;
      const close = code.indexOf(code[open]!, open + 1);
      if (close < 0) continue;
      const specifier = file.text.slice(open + 1, close);
      if (kind === "worker" && !(specifier.startsWith(".") && isScript(specifier))) continue;
      imports.push({
        file: file.path,
        line: lineAt(code, open),
        specifier,
        target: specifier.startsWith(".") ? resolvePath(file.path, specifier) : null,
        kind,
        offset: open,
      });
    }
  }
  return imports.sort((a, b) => a.offset - b.offset).map(({ offset: _, ...found }) => found);
}

function resolvePath(from: string, specifier: string): string {
  // The root is virtual: more `..` than folders stay at it, which the type checker reports anyway.
  return decodeURIComponent(new URL(specifier, `file:///${from}`).pathname.slice(1));
}
