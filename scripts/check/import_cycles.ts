/** Circular imports between files. */
import { type Import, importsOf } from "./imports.ts";
import type { Problem, SourceFile } from "./problem.ts";

/** One problem per group of files that import each other, shown as a shortest circle. */
export function checkImportCycles(files: readonly SourceFile[]): Problem[] {
  const known = new Set(files.map((file) => file.path));
  const graph = new Map<string, Import[]>();
  for (const file of files) {
    const edges = importsOf(file).filter((found) =>
      found.kind !== "worker" && found.target !== null && known.has(found.target)
    );
    graph.set(file.path, edges);
  }
  const reported = new Set<string>();
  const problems: Problem[] = [];
  for (const path of [...known].sort()) {
    if (reported.has(path)) continue;
    const circle = shortestCircle(graph, path);
    if (circle === null) continue;
    for (const step of circle) reported.add(step.file);
    const route = [...circle.map((step) => step.file), path].join(" → ");
    problems.push({
      file: path,
      line: circle[0]!.line,
      message: `circular import ${route}: move what both need into a file of its own`,
    });
  }
  return problems;
}

/** The shortest way from a file back to itself, by breadth-first search. */
function shortestCircle(graph: ReadonlyMap<string, Import[]>, start: string): Import[] | null {
  const arrivedBy = new Map<string, Import>();
  const queue = [start];
  for (const path of queue) {
    for (const edge of graph.get(path) ?? []) {
      const target = edge.target!;
      if (target === start) {
        const circle = [edge];
        for (let at = path; at !== start; at = circle[0]!.file) circle.unshift(arrivedBy.get(at)!);
        return circle;
      }
      if (arrivedBy.has(target)) continue;
      arrivedBy.set(target, edge);
      queue.push(target);
    }
  }
  return null;
}
