/** The table of error kinds for users, from the registry that the program uses. */
import {
  errorRecord,
  ExitCode,
  exitCodeOf,
  type Kind,
  KIND_NAMES,
  KINDS,
} from "../../src/protocol/mod.ts";
import type { GeneratedFile } from "../generated_file.ts";

/** The generated document. */
export const files: readonly GeneratedFile[] = [
  { path: "docs/error-kinds.md", content: () => Promise.resolve(errorKindsDocument()) },
];

function errorKindsDocument(): string {
  const validation = KIND_NAMES.filter((kind) => KINDS[kind].category === "validation");
  const runtime = KIND_NAMES.filter((kind) => KINDS[kind].category === "runtime");
  const location = fieldsOf(validation[0]!)
    .filter((field) => validation.every((kind) => fieldsOf(kind).includes(field)));
  return `# Error kinds

<!-- Written by \`deno task schemas\` from the registry in src/protocol/kinds.ts. Do not edit. -->

Every error and every warning is a record with a \`kind\`, a \`message\`, a \`context\` and a
\`suggestion\`. The kind is a stable name that programs may branch on; the message is for people and
may change. A context holds every field listed here, \`null\` where nothing is known, and may hold
more.

## Validation

Problems of the inputs. The layer says which check found them: 1 structure, 2 schema, 3 references,
4 coverage, 5 meaning. The exit code is ${ExitCode.config} when one of the problems lies in
\`config.json\`, else ${ExitCode.data}. Besides their own fields all of them carry
${location.map(code).join(", ")}.

${table(validation, location)}
## Run time

Problems met while the program works.

${table(runtime, [])}`;
}

function table(kinds: readonly Kind[], shared: readonly string[]): string {
  const rows = kinds.map((kind) => {
    const { category, layer, description } = KINDS[kind];
    const fields = fieldsOf(kind).filter((field) => !shared.includes(field)).map(code).join(", ");
    return [code(kind), category, layer ?? "–", exitCodes(kind), fields || "–", description];
  });
  const header = ["Kind", "Category", "Layer", "Exit code", "Context fields", "Description"];
  const lines = [header, header.map(() => "---"), ...rows].map((cells) =>
    `| ${cells.join(" | ")} |`
  );
  return `${lines.join("\n")}\n`;
}

/** The codes that a kind can end the program with, asked of the function that the program asks. */
function exitCodes(kind: Kind): string {
  const contexts = [{ file: "config.json" }, {}, { signal: "SIGTERM" }];
  const codes = contexts.map((context) => exitCodeOf([errorRecord(kind, "", context)]));
  return [...new Set(codes)].sort((a, b) => a - b).join(" or ");
}

function fieldsOf(kind: Kind): string[] {
  return Object.keys(KINDS[kind].context);
}

function code(text: string): string {
  return `\`${text}\``;
}
