/** What a rule is, and how it reports. */
import type { Case, Place, Problems, RuleInfo } from "../case/mod.ts";
import type { ContextInput, Kind } from "../protocol/mod.ts";

/** Records of one rule that are kept; a last one says how many more there are. */
export const RECORDS_PER_RULE = 1000;

/** What a rule says of one fault besides the message. */
export type Finding<K extends Kind> = ContextInput<K> & {
  /** Path of the value in its JSON file: gives the record its line. */
  readonly path?: readonly (string | number)[];
  /** Field of the entity named by `entity_id` in the main list of its JSON file: gives the line. */
  readonly at?: readonly (string | number)[];
};

/** Collects the findings of one rule. */
export interface RuleReport<K extends Kind> {
  /**
   * Reports one fault. Rule, severity and file (unless the finding names another) are filled in; in
   * a JSON file so are line and column, from `path`, or else from `entity_id` and `at`.
   */
  found(message: string, finding: Finding<K>, suggestion?: string | null): void;
}

/** A rule over a case that could be read: layers 3 to 5. */
export interface Rule<K extends Kind = Kind> extends RuleInfo {
  readonly kind: K;
  /** Reports every fault; copes with references that lead nowhere; never throws. */
  check(input: Case, report: RuleReport<K>): void;
}

/** A declaration of a rule before its kind is forgotten: warnings have kinds of their own. */
type Declaration<K extends Kind> =
  & Rule<K>
  & (
    | { readonly severity: "error" }
    | { readonly severity: "warning"; readonly kind: K & ("PhysicalConstraint" | "IgnoredInput") }
  );

/** Declares a rule, with the fields of its kind checked. */
export function rule<K extends Kind>(declaration: Declaration<K>): Rule {
  return declaration as unknown as Rule;
}

/** Runs one rule; its findings become problems with rule, file, line and severity filled in. */
export function runRule(declaration: Rule, input: Case, problems: Problems): void {
  let count = 0;
  const add = (message: string, context: Finding<Kind>, suggestion: string | null): void => {
    const { path, at, ...fields } = context;
    const file = (fields["file"] as string | undefined) ?? declaration.file;
    const record = {
      file,
      rule: declaration.id,
      ...place(input, file, path, at, context),
      ...fields,
    };
    if (declaration.severity === "warning") {
      const kind = declaration.kind as "PhysicalConstraint" | "IgnoredInput";
      problems.warning(declaration.layer, kind, message, record, suggestion);
    } else problems.error(declaration.layer, declaration.kind, message, record, suggestion);
  };
  declaration.check(input, {
    found(message, finding, suggestion = null) {
      count++;
      if (count <= RECORDS_PER_RULE) add(message, finding, suggestion);
    },
  });
  if (count > RECORDS_PER_RULE) {
    const more = count - RECORDS_PER_RULE;
    const message = `Rule ${declaration.id} found ${more} more problems: ` +
      `the first ${RECORDS_PER_RULE} are listed`;
    add(message, {}, null);
  }
}

function place(
  input: Case,
  file: string,
  path: readonly (string | number)[] | undefined,
  at: readonly (string | number)[] | undefined,
  finding: Finding<Kind>,
): Partial<Place> {
  if (!file.endsWith(".json")) return {};
  if (path !== undefined) return input.sources.locate(file, path) ?? {};
  const id = finding["entity_id"];
  if (typeof id !== "number") return {};
  return input.sources.entity(file, id, at ?? []) ?? {};
}
