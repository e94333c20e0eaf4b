/** Expressions that others use by name, multiplied out in the order in which they need each other. */
import { evaluateSum, type ExpressionNames } from "./evaluate.ts";
import type { ExpressionFault } from "./fault.ts";
import type { LinearForm } from "./linear_form.ts";
import { parseExpression } from "./parse.ts";
import type { Sum } from "./syntax.ts";

/** An expression with a name. */
export interface NamedExpression {
  readonly name: string;
  readonly expression: string;
}

/** What became of a list of named expressions. */
export interface ResolvedNames {
  readonly forms: ReadonlyMap<string, LinearForm>;
  /** By position in the list; expressions that use a faulty one have no fault of their own. */
  readonly faults: ReadonlyMap<number, ExpressionFault>;
  /** Positions of expressions that use themselves, with the way around, shortened if it is long. */
  readonly cycles: ReadonlyMap<number, readonly string[]>;
  /** Names without a form because of a fault, a cycle, or what they use. */
  readonly broken: ReadonlySet<string>;
}

interface Node {
  readonly name: string;
  readonly position: number;
  readonly sum: Sum;
  /** Names of the list that the expression uses. */
  readonly uses: readonly string[];
}

/** Resolves a list of named expressions of the newer layout. */
export function resolveNames(
  list: readonly NamedExpression[],
  names: Omit<ExpressionNames, "expressions">,
): ResolvedNames {
  const faults = new Map<number, ExpressionFault>();
  const broken = new Set<string>();
  const nodes = new Map<string, Node>();
  const known = new Set(list.map(({ name }) => name));
  list.forEach(({ name, expression }, position) => {
    const parsed = parseExpression(expression, names.dialect);
    if ("fault" in parsed) faults.set(position, parsed.fault);
    else if (parsed.relation.sense !== null) faults.set(position, relationFault(expression));
    else {
      const sum = parsed.relation.left;
      nodes.set(name, { name, position, sum, uses: usedNames(sum, known) });
      return;
    }
    broken.add(name);
  });
  const forms = new Map<string, LinearForm>();
  const cycles = new Map<number, readonly string[]>();
  for (const node of inOrder(nodes, cycles)) {
    if (cycles.has(node.position) || node.uses.some((name) => broken.has(name))) {
      broken.add(node.name);
      continue;
    }
    const result = evaluateSum(node.sum, { ...names, expressions: forms });
    if ("form" in result) forms.set(node.name, result.form);
    else {
      faults.set(node.position, result.fault);
      broken.add(node.name);
    }
  }
  return { forms, faults, cycles, broken };
}

/** Names of the list in a sum; nesting is bounded by the parser, so recursion is safe. */
function usedNames(sum: Sum, known: ReadonlySet<string>): string[] {
  const used = new Set<string>();
  const visit = (sum: Sum) => {
    for (const { factors } of sum) {
      for (const factor of factors) {
        if (factor.kind === "group") visit(factor.sum);
        else if (factor.kind === "name" && known.has(factor.name)) used.add(factor.name);
      }
    }
  };
  visit(sum);
  return [...used];
}

/**
 * Every expression after those that it uses. Walks with a stack of its own, because chains of names
 * may be as long as the file; a name met again while it is open closes a cycle.
 */
function inOrder(nodes: ReadonlyMap<string, Node>, cycles: Map<number, readonly string[]>): Node[] {
  const order: Node[] = [];
  // Depth on the stack of the expressions that are open.
  const state = new Map<string, number | "done">();
  for (const root of nodes.values()) {
    if (state.has(root.name)) continue;
    const stack = [{ node: root, next: 0 }];
    state.set(root.name, 0);
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const used = top.node.uses[top.next++];
      if (used === undefined) {
        state.set(top.node.name, "done");
        order.push(top.node);
        stack.pop();
        continue;
      }
      const node = nodes.get(used);
      if (node === undefined) continue;
      const depth = state.get(used);
      if (typeof depth === "number") {
        cycles.set(top.node.position, wayAround(stack, depth));
      } else if (depth === undefined) {
        state.set(used, stack.length);
        stack.push({ node, next: 0 });
      }
    }
  }
  return order;
}

/** Names from a depth of the stack to its top and back, those in the middle of a long way left out. */
function wayAround(stack: readonly { readonly node: Node }[], depth: number): string[] {
  const names = (from: number, to: number): string[] =>
    stack.slice(from, to).map(({ node }) => node.name);
  const [first] = names(depth, depth + 1);
  const length = stack.length - depth;
  if (length < 8) return [...names(depth, stack.length), first!];
  return [...names(depth, depth + 4), "…", ...names(stack.length - 2, stack.length), first!];
}

function relationFault(text: string): ExpressionFault {
  const at = Math.max(0, text.search(/[<>=]=/));
  return {
    kind: "SchemaViolation",
    at,
    found: `'${text.slice(at, at + 2)}'`,
    expected: "no relation in a named expression",
  };
}
