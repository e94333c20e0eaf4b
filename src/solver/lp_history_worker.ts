/** Solves one series in a worker, for the suite's test of two workers side by side. */
/// <reference lib="webworker" />
import { openSolver } from "./find_solver.ts";
import { seriesAfterReset, startOf } from "./lp_series.ts";

self.onmessage = async ({ data }) => {
  using solver = await openSolver(data);
  using model = solver.createModel();
  const { columns, rows } = startOf(model);
  self.postMessage(seriesAfterReset(model, columns, rows));
};
