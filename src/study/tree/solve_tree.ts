/** Builds the opening tree of a case as one linear program, and solves it. */
import type { Case } from "../../case/mod.ts";
import {
  buildStudyModels,
  extensiveForm,
  findColumn,
  inflowsOf,
  initialState,
  type Opening,
  openingTree,
  shiftedState,
  stateManifests,
  type StudyModels,
  studyPlants,
  type TreeNode,
} from "../../lp/mod.ts";
import { CobreError } from "../../protocol/mod.ts";
import { findSolver, openSolver } from "../../solver/mod.ts";
import {
  inflowMaps,
  initialInflow,
  openingOffset,
  realisedAvailability,
  realisedLoad,
} from "../../stochastic/mod.ts";
import { prepareNoise, type StudyNoise } from "../prepare/prepare_noise.ts";
import type { ExtensiveFormOutcome } from "./extensive_form_outcome.ts";

/** Solves the tree of a case. */
export async function solveTree(
  read: Pick<Case, "system" | "config">,
  maxNodes: number,
): Promise<ExtensiveFormOutcome> {
  const { system, config: { modeling } } = read;
  if (system.horizon.type === "cyclic") {
    throw refused("stages.json", "policy_graph.type", "a cyclic study has no last stage");
  }
  const noise = prepareNoise(read, 1, 0);
  requireSmall(noise.tree.counts, maxNodes);
  const { slots } = noise.transitions;
  const plants = studyPlants(system);
  const study = buildStudyModels(system, {
    plants: plants.stages,
    computedParameter: plants.computedParameter,
    inflowSlots: slots,
    inflow: inflowMaps(noise.inflows.models, noise.transitions, stateManifests(system, slots)),
    future: () => ({ kind: "none" }),
    inflowPenalty: modeling.inflowNonNegativity.includes("penalty"),
  });
  const manifest = study.manifests[0]!;
  const state = initialState(system, manifest, initialInflow(noise.transitions, manifest));
  const openings = study.stages.map((_, position) =>
    Array.from(
      { length: noise.tree.counts[position]! },
      (_, opening) => openingAt(study, noise, position, opening),
    )
  );
  let nodes: readonly TreeNode[] = openingTree(openings);
  if (modeling.inflowNonNegativity.includes("truncation")) {
    nodes = withTruncatedInflows(study, state, nodes);
  }
  const form = extensiveForm(study, state, nodes);

  using solver = await openSolver(findSolver());
  using model = solver.createModel({ presolve: true });
  model.load(form.lp);
  const status = model.solve();
  if (status !== "optimal") {
    throw CobreError.of(
      "SolverFailure",
      `The program of the opening tree was not solved: the solver ended with ${status}`,
      { solver_status: status },
      "Train the case: where a single stage has no solution, the error names what contradicts what",
    );
  }
  const x = new Float64Array(model.columns);
  model.readSolution(x, null, null, null);
  const numbers = openingNumbers(nodes);
  return {
    cost: model.objective(),
    nodes: nodes.map(({ parent, probability }, at) => {
      const { model: { columnCosts }, model: stage, data } = study.stages[form.stage[at]!]!;
      const first = form.firstColumn[at]!;
      return {
        stageId: data.stage.id,
        parent,
        opening: numbers[at]!,
        probability,
        stageCost: columnCosts.reduce((sum, cost, column) => sum + cost * x[first + column]!, 0),
        storageHm3: Float64Array.from(
          system.hydros,
          (_, hydro) => x[first + findColumn(stage, "storage", hydro)]!,
        ),
      };
    }),
    columns: model.columns,
    rows: model.rows,
    solver: solver.identity,
  };
}

/** What an opening of the tree means in a stage. */
function openingAt(
  { stages, frame: { system } }: StudyModels,
  { tree, layout, loads, availabilities }: StudyNoise,
  position: number,
  opening: number,
): Opening {
  const offset = openingOffset(tree, position, opening);
  const noise = tree.values.slice(offset, offset + layout.dim);
  const load = new Float64Array(loads.entities);
  const share = new Float64Array(availabilities.entities);
  realisedLoad(loads, position, noise, load);
  realisedAvailability(availabilities, position, noise, share);
  const { blocks, buses: { loadFactor }, sources: { factor, availableMw } } = stages[position]!
    .data;
  const entityAt = (at: number): number => Math.floor(at / blocks);
  return {
    probability: 1 / tree.counts[position]!,
    noise: noise.slice(0, system.hydros.length),
    load: loadFactor.map((value, at) => value * load[entityAt(at)]!),
    available: factor.map((value, at) => value * share[entityAt(at)]! * availableMw[at]!),
  };
}

/**
 * The nodes with their inflows, cut off at zero. Inflows follow from those before them and no
 * decision, so they are known all through the tree.
 */
function withTruncatedInflows(
  { stages }: StudyModels,
  state: Float64Array,
  nodes: readonly TreeNode[],
): TreeNode[] {
  const after: { readonly position: number; readonly state: Float64Array }[] = [];
  return nodes.map((node) => {
    const before = node.parent < 0 ? { position: -1, state } : after[node.parent]!;
    const position = before.position + 1;
    const { map } = stages[position]!;
    const inflow = new Float64Array(map.inflow.base.length);
    inflowsOf(map, before.state, node.noise, inflow);
    inflow.forEach((flow, hydro) => inflow[hydro] = Math.max(0, flow));
    const outgoing = new Float64Array(map.outgoing.slots.length);
    shiftedState(map, before.state, inflow, outgoing);
    after.push({ position, state: outgoing });
    return { ...node, inflow };
  });
}

/** Numbers of the openings: siblings follow each other in the order of their openings. */
function openingNumbers(nodes: readonly TreeNode[]): Int32Array {
  const numbers = new Int32Array(nodes.length);
  for (let at = 1; at < nodes.length; at++) {
    if (nodes[at]!.parent === nodes[at - 1]!.parent) numbers[at] = numbers[at - 1]! + 1;
  }
  return numbers;
}

function requireSmall(counts: Int32Array, most: number): void {
  let nodes = 0;
  let last = 1;
  for (const count of counts) {
    last *= count;
    nodes += last;
  }
  if (nodes <= most) return;
  throw refused(
    "stages.json",
    "num_scenarios",
    `the opening tree has ${nodes.toLocaleString("en")} nodes, expected at most ` +
      most.toLocaleString("en"),
  );
}

function refused(file: string, setting: string, detail: string): CobreError {
  return CobreError.of(
    "IncompatibleSettings",
    `The study cannot be written as one linear program: ${detail}`,
    { file, settings: [setting], detail },
    "Train the study instead",
  );
}
