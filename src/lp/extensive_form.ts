/**
 * A whole scenario tree as one linear program: what training approaches from below. For small trees;
 * the program has the columns and rows of a stage problem for each node.
 *
 * A node is an opening of its stage, after the outcomes of its ancestors. Beside the columns of its
 * stage problem it has its outgoing state, which its children receive; inflows follow from the
 * received state. Values are nested: with V_c the cost of child c and of all that follows, p_c its
 * probability among the children, and λ and α the risk measure of the stage before,
 *
 *     θ = (1 − λ)·Σ p_c·V_c + λ·(η + 1/α·Σ p_c·ξ_c),   ξ_c ≥ V_c − η,   ξ_c ≥ 0
 *
 * (R. T. Rockafellar and S. Uryasev, "Optimization of conditional value-at-risk", 2000), and the
 * stage before adds its discount factor times θ to its own cost. The openings of the first stage are
 * weighed by the measure of the first stage, as the lower bound does.
 */
import { discountFactor, type RiskMeasure } from "../model/mod.ts";
import { CobreError } from "../protocol/mod.ts";
import type { LpData } from "../solver/mod.ts";
import type { SparseRows } from "./inflow_map.ts";
import { knownLayout } from "./known_quantities.ts";
import { findColumn } from "./stage_model.ts";
import type { StageProblem, StudyModels } from "./study_models.ts";

/** What is random in a stage. */
export interface Opening {
  /** Among the openings that follow the same node. */
  readonly probability: number;
  /** Noise of the inflow, by hydro. */
  readonly noise: Float64Array;
  /** By bus and block (MW). */
  readonly load: Float64Array;
  /** By source and block (MW). */
  readonly available: Float64Array;
}

/** An opening in a tree; its stage is one after that of its parent. */
export interface TreeNode extends Opening {
  /** Position of the parent, which comes before its children; −1 in the first stage. */
  readonly parent: number;
  /** Inflows by hydro (m³/s), where they do not follow from the state and the noise. */
  readonly inflow?: Float64Array;
}

/** The linear program of a tree, in plain $. */
export interface ExtensiveForm {
  /** The optimal objective is the risk-adjusted, discounted cost of the study ($). */
  readonly lp: LpData;
  /** Position of the stage of each node. */
  readonly stage: Int32Array;
  /** First of the columns of each node; they are in the order of its stage problem. */
  readonly firstColumn: Int32Array;
  /** First of the rows of each node, likewise. */
  readonly firstRow: Int32Array;
}

/** The tree in which each outcome is followed by every opening of the next stage. */
export function openingTree(openings: readonly (readonly Opening[])[]): TreeNode[] {
  const nodes: TreeNode[] = [];
  let parents = [-1];
  for (const stage of openings) {
    const next: number[] = [];
    for (const parent of parents) {
      for (const opening of stage) next.push(nodes.push({ ...opening, parent }) - 1);
    }
    parents = next;
  }
  return nodes;
}

/**
 * Builds the program of a tree. The stage problems are those of a study without future cost: here
 * the future is spelled out.
 */
export function extensiveForm(
  study: StudyModels,
  initialState: Float64Array,
  nodes: readonly TreeNode[],
): ExtensiveForm {
  const program = new Program();
  const stage = new Int32Array(nodes.length);
  const firstColumn = new Int32Array(nodes.length);
  const firstRow = new Int32Array(nodes.length);
  const firstOutgoing = new Int32Array(nodes.length);
  const children = new Map<number, number[]>();
  const firstInitial = program.columns;
  for (const value of initialState) program.column(value, value);
  nodes.forEach((node, at) => {
    const { parent } = node;
    if (parent >= at) throw misuse(`node ${at} comes before its parent ${parent}`);
    stage[at] = parent < 0 ? 0 : stage[parent]! + 1;
    const problem = study.stages[stage[at]!];
    if (problem === undefined) throw misuse(`node ${at} lies after the last stage`);
    const received = parent < 0 ? firstInitial : firstOutgoing[parent]!;
    firstColumn[at] = program.columns;
    firstRow[at] = program.rows;
    firstOutgoing[at] = addNode(program, problem, node, received);
    children.set(parent, [...children.get(parent) ?? [], at]);
  });

  /** Adds weight · (value of a node) to the objective or to a row. */
  const addValue = (at: number, weight: number, sink: Sink): void => {
    const position = stage[at]!;
    const { model, data } = study.stages[position]!;
    model.columnCosts.forEach((cost, column) => {
      sink.add(firstColumn[at]! + column, weight * cost);
    });
    addFuture(children.get(at) ?? [], weight * discountFactor(data.stage), data.stage.risk, sink);
  };
  /** Adds weight · θ over the children of a node. */
  const addFuture = (
    followers: readonly number[],
    weight: number,
    risk: RiskMeasure,
    sink: Sink,
  ): void => {
    checkProbabilities(followers, nodes);
    const lambda = risk.type === "cvar" ? risk.lambda : 0;
    if (risk.type !== "cvar" || lambda === 0) {
      for (const child of followers) addValue(child, weight * nodes[child]!.probability, sink);
      return;
    }
    if (followers.length === 0) return;
    const threshold = program.column(-Infinity, Infinity);
    sink.add(threshold, weight * lambda);
    for (const child of followers) {
      const { probability } = nodes[child]!;
      const value = program.column(-Infinity, Infinity);
      const excess = program.column(0, Infinity);
      sink.add(value, weight * (1 - lambda) * probability);
      sink.add(excess, weight * lambda * probability / risk.alpha);
      const tail = program.row(0, Infinity);
      program.entry(tail, excess, 1);
      program.entry(tail, threshold, 1);
      program.entry(tail, value, -1);
      const definition = program.row(0, Infinity);
      program.entry(definition, value, 1);
      addValue(child, -1, { add: (column, by) => program.entry(definition, column, by) });
    }
  };
  const first = study.stages[0]!.data.stage;
  addFuture(children.get(-1) ?? [], 1, first.risk, {
    add: (column, by) => program.cost(column, by),
  });
  return { lp: program.finish(), stage, firstColumn, firstRow };
}

/** Adds the columns and rows of one node; returns the first column of its outgoing state. */
function addNode(
  program: Program,
  { model, map }: StageProblem,
  node: TreeNode,
  received: number,
): number {
  if (findColumn(model, "future", 0) >= 0) {
    throw misuse("the stage problem has a future cost, which the tree spells out instead");
  }
  if (model.variableEntries.length > 0) {
    throw misuse(
      "coefficients that follow the storage, as those of a head do, are for simulations",
    );
  }
  const known = knownLayout(model);
  const base = program.columns;
  const rows = program.rows;
  const given = new Map<number, number>();
  node.load.forEach((value, i) => given.set(known.load + i, value));
  node.available.forEach((value, i) => given.set(known.available + i, value));
  model.columnLower.forEach((lower, column) => {
    const value = given.get(column);
    if (value !== undefined) program.column(value, value);
    // Quantities from the state and inflows are fixed by the rows below, not by their range.
    else if (column < model.parameters) program.column(-Infinity, Infinity);
    else program.column(lower, model.columnUpper[column]!);
  });
  model.rowLower.forEach((lower, row) => program.row(lower, model.rowUpper[row]!));
  const { starts, indices, values } = model.matrix;
  for (let column = 0; column < model.columnCosts.length; column++) {
    for (let k = starts[column]!; k < starts[column + 1]!; k++) {
      program.entry(rows + indices[k]!, base + column, values[k]!);
    }
  }
  map.incomingParameter.forEach((quantity, slot) => {
    if (quantity < 0) return;
    const row = program.row(0, 0);
    program.entry(row, base + quantity, 1);
    program.entry(row, received + slot, -1);
  });
  map.inflow.base.forEach((constant, hydro) => {
    const level = node.inflow?.[hydro] ??
      constant + map.inflow.scale[hydro]! * node.noise[hydro]!;
    const row = program.row(level, level);
    program.entry(row, base + map.firstInflow + hydro, 1);
    if (node.inflow === undefined) program.entries(row, map.inflow.lags, hydro, received, -1);
  });
  const outgoing = program.columns;
  map.outgoing.slots.forEach(() => program.column(-Infinity, Infinity));
  map.outgoingColumn.forEach((column, slot) => {
    const constant = map.shiftConstant[slot]!;
    const row = program.row(constant, constant);
    program.entry(row, outgoing + slot, 1);
    if (column >= 0) program.entry(row, base + column, -1);
    program.entries(row, map.shift, slot, received, -1);
    program.entries(row, map.shiftInflow, slot, base + map.firstInflow, -1);
  });
  return outgoing;
}

function checkProbabilities(followers: readonly number[], nodes: readonly TreeNode[]): void {
  if (followers.length === 0) return;
  const sum = followers.reduce((total, child) => total + nodes[child]!.probability, 0);
  if (Math.abs(sum - 1) > 1e-9) {
    throw misuse(`the openings after one node have probabilities of ${sum} in all, wanted 1`);
  }
}

/** Something linear that takes coefficients. */
interface Sink {
  add(column: number, by: number): void;
}

/** A linear program in the making; entries on one place add up. */
class Program {
  readonly #lower: number[] = [];
  readonly #upper: number[] = [];
  readonly #costs: number[] = [];
  readonly #rowLower: number[] = [];
  readonly #rowUpper: number[] = [];
  readonly #entries: Map<number, number>[] = [];

  get columns(): number {
    return this.#lower.length;
  }
  get rows(): number {
    return this.#rowLower.length;
  }

  column(lower: number, upper: number): number {
    this.#costs.push(0);
    this.#upper.push(upper);
    return this.#lower.push(lower) - 1;
  }

  row(lower: number, upper: number): number {
    this.#entries.push(new Map());
    this.#rowUpper.push(upper);
    return this.#rowLower.push(lower) - 1;
  }

  cost(column: number, by: number): void {
    this.#costs[column]! += by;
  }

  entry(row: number, column: number, by: number): void {
    if (by === 0) return;
    const entries = this.#entries[row]!;
    entries.set(column, (entries.get(column) ?? 0) + by);
  }

  /** Adds factor · (a row of a matrix) to a row, its columns counted from `first`. */
  entries(row: number, matrix: SparseRows, from: number, first: number, factor: number): void {
    for (let k = matrix.starts[from]!; k < matrix.starts[from + 1]!; k++) {
      this.entry(row, first + matrix.columns[k]!, factor * matrix.values[k]!);
    }
  }

  finish(): LpData {
    const starts = new Int32Array(this.#entries.length + 1);
    const indices: number[] = [];
    const values: number[] = [];
    this.#entries.forEach((entries, row) => {
      for (const [column, value] of entries) {
        indices.push(column);
        values.push(value);
      }
      starts[row + 1] = indices.length;
    });
    return {
      columnCosts: Float64Array.from(this.#costs),
      columnLower: Float64Array.from(this.#lower),
      columnUpper: Float64Array.from(this.#upper),
      rowLower: Float64Array.from(this.#rowLower),
      rowUpper: Float64Array.from(this.#rowUpper),
      matrix: {
        orientation: "rows",
        starts,
        indices: Int32Array.from(indices),
        values: Float64Array.from(values),
      },
      offset: 0,
    };
  }
}

function misuse(detail: string): CobreError {
  return CobreError.of("InternalPanic", `A scenario tree could not be built: ${detail}`, {
    location: "extensiveForm",
  });
}
