/** Factors per entity, stage and block: of loads, of availabilities, of line capacities (v0.5). */
import { z } from "zod";
import type { BlockFactors } from "../../model/mod.ts";
import { sortPermutation } from "../../numeric/mod.ts";
import type { RuleInfo } from "../rule.ts";
import type { ExchangeFactor } from "../table/override_rows.ts";
import { jsonFile } from "./issues.ts";
import { addFault, id, positive, rootKeys } from "./primitives.ts";

/** A block comes once in an entry. */
function checkBlocks(rule: string) {
  return (blocks: readonly { readonly block_id: number }[], ctx: z.core.$RefinementCtx): void => {
    const seen = new Set<number>();
    blocks.forEach((block, index) => {
      if (seen.has(block.block_id)) {
        addFault(ctx, {
          kind: "DuplicateId",
          rule,
          path: [index, "block_id"],
          message: `Block ${block.block_id} appears twice in block_factors`,
          context: { registry: "block_factors" },
        });
      }
      seen.add(block.block_id);
    });
  };
}

const block_id = id.min(0).describe("Position of the block in its stage, from 0");

function rulesOf(rule: string, file: string, fields: readonly string[]): readonly RuleInfo[] {
  return [{
    id: rule,
    layer: 2,
    kind: "OutOfRange",
    severity: "error",
    file,
    description: "Factors are positive, and there is one per entity, stage and block",
    fields,
  }];
}

const simpleFactors = z.array(z.strictObject({ block_id, factor: positive }))
  .superRefine(checkBlocks("N8")).describe("Factors by block (1 where a block is not listed)");

const loadSchema = z.strictObject({
  ...rootKeys,
  load_factors: z.array(z.strictObject({
    bus_id: id,
    stage_id: id,
    block_factors: simpleFactors,
  })),
});

/** `scenarios/load_factors.json`. */
export const LOAD_FACTORS = jsonFile({
  file: "scenarios/load_factors.json",
  noun: "Bus",
  list: "load_factors",
  idField: "bus_id",
  schemaV05: loadSchema,
  schemaV18: loadSchema,
  unique: [{ list: "load_factors", key: ["bus_id", "stage_id"], rule: "N8" }],
  rules: rulesOf("N8", "scenarios/load_factors.json", ["block_factors.*"]),
});

const sourceSchema = z.strictObject({
  ...rootKeys,
  non_controllable_factors: z.array(z.strictObject({
    ncs_id: id,
    stage_id: id,
    block_factors: simpleFactors,
  })),
});

/** `scenarios/non_controllable_factors.json`. */
export const SOURCE_FACTORS = jsonFile({
  file: "scenarios/non_controllable_factors.json",
  noun: "Source",
  list: "non_controllable_factors",
  idField: "ncs_id",
  schemaV05: sourceSchema,
  schemaV18: sourceSchema,
  unique: [{ list: "non_controllable_factors", key: ["ncs_id", "stage_id"], rule: "N8" }],
  rules: rulesOf("N8", "scenarios/non_controllable_factors.json", ["block_factors.*"]),
});

const exchangeSchema = z.strictObject({
  ...rootKeys,
  exchange_factors: z.array(z.strictObject({
    line_id: id,
    stage_id: id,
    block_factors: z.array(z.strictObject({
      block_id,
      direct_factor: positive.describe("Factor on the capacity from source to target"),
      reverse_factor: positive.describe("Factor on the capacity from target to source"),
    })).superRefine(checkBlocks("B3")),
  })),
});

/** `constraints/exchange_factors.json`, which only the v0.5 layout has. */
export const EXCHANGE_FACTORS = jsonFile<typeof exchangeSchema, never>({
  file: "constraints/exchange_factors.json",
  noun: "Line",
  list: "exchange_factors",
  idField: "line_id",
  schemaV05: exchangeSchema,
  schemaV18: null,
  unique: [{ list: "exchange_factors", key: ["line_id", "stage_id"], rule: "B3" }],
  rules: [
    ...rulesOf("B3", "constraints/exchange_factors.json", ["block_factors.*"]),
    {
      id: "N-20",
      layer: 3,
      kind: "IgnoredInput",
      severity: "warning",
      file: "constraints/exchange_factors.json",
      description: "Exchange factors are of lines, stages and blocks of the case",
    },
  ],
});

interface Entry {
  readonly entityId: number;
  readonly stageId: number;
  readonly blocks: readonly { readonly block_id: number; readonly factor: number }[];
}

/** Factors of loads by bus. */
export function toLoadFactors(value: z.output<typeof loadSchema> | null): BlockFactors {
  return toTable((value?.load_factors ?? []).map((entry) => ({
    entityId: entry.bus_id,
    stageId: entry.stage_id,
    blocks: entry.block_factors,
  })));
}

/** Factors of availabilities by source. */
export function toSourceFactors(value: z.output<typeof sourceSchema> | null): BlockFactors {
  return toTable((value?.non_controllable_factors ?? []).map((entry) => ({
    entityId: entry.ncs_id,
    stageId: entry.stage_id,
    blocks: entry.block_factors,
  })));
}

/** A factor with the position of its entry in the file. */
export interface PlacedFactor extends ExchangeFactor {
  readonly entry: number;
}

/** Factors of line capacities. */
export function toExchangeFactors(value: z.output<typeof exchangeSchema> | null): PlacedFactor[] {
  return (value?.exchange_factors ?? []).flatMap((entry, index) =>
    entry.block_factors.map((block) => ({
      entry: index,
      lineId: entry.line_id,
      stageId: entry.stage_id,
      blockId: block.block_id,
      directFactor: block.direct_factor,
      reverseFactor: block.reverse_factor,
    }))
  );
}

function toTable(entries: readonly Entry[]): BlockFactors {
  const rows = entries.reduce((sum, entry) => sum + entry.blocks.length, 0);
  const entity = new Int32Array(rows);
  const stage = new Int32Array(rows);
  const block = new Int32Array(rows);
  const value = new Float64Array(rows);
  let row = 0;
  for (const { entityId, stageId, blocks } of entries) {
    for (const { block_id, factor } of blocks) {
      entity[row] = entityId;
      stage[row] = stageId;
      block[row] = block_id;
      value[row++] = factor;
    }
  }
  const order = sortPermutation([entity, stage, block]);
  const sorted = <A extends Int32Array | Float64Array>(column: A): A =>
    order === null ? column : column.map((_, position) => column[order[position]!]!) as A;
  return {
    rows,
    entity_id: sorted(entity),
    stage_id: sorted(stage),
    block_id: sorted(block),
    factor: sorted(value),
  };
}
