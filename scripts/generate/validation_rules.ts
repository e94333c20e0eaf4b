/** The table of validation rules for users, from the catalogue that the program uses. */
import type { RuleInfo } from "../../src/case/mod.ts";
import { ruleCatalogue } from "../../src/validation/mod.ts";
import type { GeneratedFile } from "../generated_file.ts";

/** The generated document. */
export const files: readonly GeneratedFile[] = [
  {
    path: "docs/validation-rules.md",
    content: () => Promise.resolve(rulesDocument(ruleCatalogue())),
  },
];

const LAYERS: Readonly<Record<RuleInfo["layer"], string>> = {
  1: "Structure: the files are there and can be read",
  2: "Schema: every value has its type and range",
  3: "References: what is named exists",
  4: "Coverage: tables hold what other files need",
  5: "Meaning: the data make sense together",
};

/** The document about some rules. */
export function rulesDocument(rules: readonly RuleInfo[]): string {
  const sections = ([1, 2, 3, 4, 5] as const).map((layer) => {
    const own = rules.filter((rule) => rule.layer === layer);
    return `## Layer ${layer}. ${LAYERS[layer]}\n\n${table(own)}`;
  });
  return `# Validation rules

<!-- Written by \`deno task schemas\` from the rules in src/case and src/validation. Do not edit. -->

Every problem that validation finds names the rule that it breaks, as \`rule\` in its context. The id
of a rule is a stable name; the same rule may hold for several files. An error stops the program, a
warning does not: it marks data that look doubtful (\`PhysicalConstraint\`) or have no effect
(\`IgnoredInput\`). Layers 3 to 5 are checked once layers 1 and 2 have found no error; within them
everything is reported at once, up to 1,000 records of one rule. What each kind means and which
fields its context has is listed in [Error kinds](error-kinds.md).

A rule holds for both layouts of a case unless it names one.

${sections.join("\n")}`;
}

function table(rules: readonly RuleInfo[]): string {
  const rows = rules.map(({ id, kind, severity, file, description }) => [
    code(id),
    severity,
    code(kind),
    file === "*" ? "several" : code(file),
    description.replaceAll("|", "\\|"),
  ]);
  const header = ["Rule", "Severity", "Kind", "File", "What holds"];
  const lines = [header, header.map(() => "---"), ...rows].map((cells) =>
    `| ${cells.join(" | ")} |`
  );
  return `${lines.join("\n")}\n`;
}

function code(text: string): string {
  return `\`${text}\``;
}
