/** What the entries of all element files have in common. */
import { z } from "zod";
import type { Entity, Stage } from "../../model/mod.ts";
import type { Kind } from "../../protocol/mod.ts";
import { type RuleInfo, schemaRules } from "../rule.ts";
import { addFault, date, dayOf, id, opt, text } from "./primitives.ts";

/** Id and name. */
export const identity = {
  id: id.describe("Number of the element, unique in this file"),
  name: text.describe("Name for people"),
} as const;

/** First and last stage of operation. */
export const lifeCycle = {
  entry_stage_id: opt(id).describe("First stage of operation; null: from the start"),
  exit_stage_id: opt(id).describe("First stage after the operation; null: never leaves"),
} as const;

/** Only in the newer layout. */
export const startDate = {
  operational_start_date: date.describe(
    "Day on which operation begins; the element takes part from the first stage that does not " +
      "start before it",
  ),
} as const;

/** An entry as both layouts may write it. */
export interface EntryFields {
  readonly id: number;
  readonly name: string;
  readonly entry_stage_id?: number | null;
  readonly exit_stage_id?: number | null;
  readonly operational_start_date?: string;
}

/** The part of the model that all elements share. */
export function toEntity(entry: EntryFields, stages: readonly Stage[]): Entity {
  return {
    id: entry.id,
    name: entry.name,
    entryStageId: entryStage(entry, stages),
    exitStageId: entry.exit_stage_id ?? null,
  };
}

/**
 * The later of the declared stage and of the first stage that does not start before the declared
 * day; null when that is the first stage of the study, because then the element is always there.
 */
function entryStage(entry: EntryFields, stages: readonly Stage[]): number | null {
  const first = stages[0];
  const last = stages.at(-1);
  if (first === undefined || last === undefined) return entry.entry_stage_id ?? null;
  let stageId = entry.entry_stage_id ?? first.id;
  if (entry.operational_start_date !== undefined) {
    const day = dayOf(entry.operational_start_date);
    const onDay = stages.find((stage) => stage.startDay >= day)?.id ?? last.id + 1;
    stageId = Math.max(stageId, onDay);
  }
  return stageId <= first.id ? null : stageId;
}

/** Two fields of which the first must not exceed the second. */
export interface OrderedFields {
  readonly rule: string;
  /** Such as `Hydro 3 'UPPER'`. */
  readonly owner: string;
  /** Path of the object that has both fields, from the checked value. */
  readonly path: readonly (string | number)[];
  readonly min: readonly [field: string, value: number];
  readonly max: readonly [field: string, value: number];
}

/** Reports a minimum above its maximum. */
export function checkOrder(ctx: z.core.$RefinementCtx, ordered: OrderedFields): void {
  const { rule, owner, path, min: [minField, min], max: [maxField, max] } = ordered;
  if (min <= max) return;
  addFault(ctx, {
    kind: "CapacityViolation",
    rule,
    path: [...path, minField],
    message: `${owner} has ${minField} ${min} above ${maxField} ${max}`,
    context: { field_min: minField, value_min: min, field_max: maxField, value_max: max },
  });
}

/** How a sentence calls an entry. */
export function ownerName(
  noun: string,
  entry: { readonly id: number; readonly name: string },
): string {
  return `${noun} ${entry.id} '${entry.name}'`;
}

/** A rule of layer 2 that is always an error. */
export function entityRule(
  file: string,
  id: string,
  kind: Kind,
  description: string,
  fields?: readonly string[],
): RuleInfo {
  return schemaRules(file)(id, kind, description, fields);
}

/** The rule that ids of a file are unique. */
export function uniqueIds(file: string): RuleInfo {
  return entityRule(file, "E1", "DuplicateId", "Every id comes once in the file");
}
