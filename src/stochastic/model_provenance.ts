/** Where the inflow models of a study come from. */
import type { ScenarioTables } from "../model/mod.ts";

/** The ways to inflow models, by the files that a case has. */
export type EstimationPath =
  | "deterministic"
  | "user_stats_white_noise"
  | "user_provided_no_history"
  | "full_estimation"
  | "user_ar_history_stats"
  | "partial_estimation"
  | "user_provided_all";

/** Whether something was fitted or drawn, given in a file, or is absent. */
export type ProvenanceSource = "estimated" | "user_file" | "n/a";

/** The content of `model_provenance.json` about inflows. */
export interface ModelProvenance {
  readonly estimation_path: EstimationPath;
  readonly seasonal_stats_source: ProvenanceSource;
  readonly ar_coefficients_source: ProvenanceSource;
  readonly correlation_source: ProvenanceSource;
  readonly opening_tree_source: ProvenanceSource;
  readonly n_hydros: number;
  /** How orders were chosen; null where nothing was fitted. */
  readonly ar_method: "PACF" | "PACF_ANNUAL" | null;
  /** Largest fitted order. */
  readonly ar_max_order: number | null;
  /** Hydros whose models are noise alone, because nothing was observed of them. */
  readonly white_noise_fallbacks: readonly number[];
}

/** The way that a case asks for: what it gives is taken, what it does not is fitted to the history. */
export function estimationPath(
  { inflowHistory, inflowStats, inflowCoefficients }: Pick<
    ScenarioTables,
    "inflowHistory" | "inflowStats" | "inflowCoefficients"
  >,
): EstimationPath {
  if (inflowHistory === null) {
    if (inflowStats === null) return "deterministic";
    return inflowCoefficients === null ? "user_stats_white_noise" : "user_provided_no_history";
  }
  if (inflowStats === null) {
    return inflowCoefficients === null ? "full_estimation" : "user_ar_history_stats";
  }
  return inflowCoefficients === null ? "partial_estimation" : "user_provided_all";
}

/** Where the moments and the coefficients of a path come from. */
export function pathSources(
  path: EstimationPath,
): { readonly stats: ProvenanceSource; readonly coefficients: ProvenanceSource } {
  switch (path) {
    case "deterministic":
      return { stats: "n/a", coefficients: "n/a" };
    case "user_stats_white_noise":
      return { stats: "user_file", coefficients: "n/a" };
    case "user_provided_no_history":
    case "user_provided_all":
      return { stats: "user_file", coefficients: "user_file" };
    case "full_estimation":
      return { stats: "estimated", coefficients: "estimated" };
    case "user_ar_history_stats":
      return { stats: "estimated", coefficients: "user_file" };
    case "partial_estimation":
      return { stats: "user_file", coefficients: "estimated" };
  }
}
