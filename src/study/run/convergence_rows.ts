/** The table of the iterations, gathered from events. */
import type { CobreEvent, EventOf } from "../../protocol/mod.ts";
import type { OutputColumn } from "../../files/mod.ts";

/** What the events of one iteration say. */
interface Row {
  readonly update: EventOf<"ConvergenceUpdate">;
  readonly summary: EventOf<"IterationSummary">;
  readonly cuts: EventOf<"CutSyncComplete">;
}

/** Gathers iterations; to be called with every event. */
export class ConvergenceRows {
  readonly #rows: Row[] = [];
  #cuts: EventOf<"CutSyncComplete"> | null = null;
  #update: EventOf<"ConvergenceUpdate"> | null = null;

  /** Takes what belongs to the table; a row is whole with the last event of its iteration. */
  readonly hear = (event: CobreEvent): void => {
    if (event.event === "CutSyncComplete") this.#cuts = event;
    else if (event.event === "ConvergenceUpdate") this.#update = event;
    else if (event.event === "IterationSummary") {
      this.#rows.push({ update: this.#update!, summary: event, cuts: this.#cuts! });
    }
  };

  /** The last iteration; null before the first. */
  get last(): EventOf<"ConvergenceUpdate"> | null {
    return this.#rows.at(-1)?.update ?? null;
  }

  /** Cuts in use after the last iteration. */
  get activeCuts(): number {
    return this.#rows.at(-1)?.cuts.cuts_active ?? 0;
  }

  /** Cuts made in all iterations. */
  get cutsMade(): number {
    return this.#rows.reduce((sum, { cuts }) => sum + cuts.cuts_distributed, 0);
  }

  /** Most cuts in use after any iteration. */
  get peakActiveCuts(): number {
    return this.#rows.reduce((most, { cuts }) => Math.max(most, cuts.cuts_active), 0);
  }

  /** Problems solved in all iterations. */
  get solves(): number {
    return this.#rows.reduce((sum, { summary }) => sum + summary.lp_solves, 0);
  }

  /** The columns of `training/convergence.parquet`. */
  columns(): OutputColumn[] {
    const rows = this.#rows;
    const integers = (name: string, value: (row: Row) => number): OutputColumn => ({
      name,
      type: "i32",
      values: Int32Array.from(rows, value),
    });
    const long = (name: string, value: (row: Row) => number, nullable = false): OutputColumn => ({
      name,
      type: "i64",
      values: Float64Array.from(rows, value),
      nullable,
    });
    const reals = (name: string, value: (row: Row) => number | null): OutputColumn => {
      const nulls = Uint8Array.from(rows, (row) => value(row) === null ? 1 : 0);
      return {
        name,
        type: "f64",
        values: Float64Array.from(rows, (row) => value(row) ?? 0),
        nullable: true,
        nulls,
      };
    };
    const exact = (name: string, value: (row: Row) => number | null): OutputColumn => ({
      name,
      type: "f64",
      values: Float64Array.from(rows, (row) => value(row) ?? NaN),
    });
    return [
      integers("iteration", ({ update }) => update.iteration),
      exact("lower_bound", ({ update }) => update.lower_bound),
      exact("upper_bound_mean", ({ update }) => update.upper_bound),
      exact("upper_bound_std", ({ update }) => update.upper_bound_std),
      reals("gap_percent", ({ update }) => update.gap === null ? null : 100 * update.gap),
      integers("cuts_added", ({ cuts }) => cuts.cuts_distributed),
      integers("cuts_removed", ({ cuts }) => cuts.cuts_removed),
      long("cuts_active", ({ cuts }) => cuts.cuts_active),
      long("time_forward_ms", ({ summary }) => summary.forward_ms),
      long("time_backward_ms", ({ summary }) => summary.backward_ms),
      long("time_total_ms", ({ summary }) => summary.iteration_time_ms),
      integers("forward_passes", ({ summary }) => summary.forward_passes),
      long("lp_solves", ({ summary }) => summary.lp_solves),
      long("memory_peak_mb", ({ summary }) => summary.memory_peak_mb, true),
      {
        name: "upper_bound_kind",
        type: "utf8",
        values: rows.map(({ update }) => update.upper_bound_kind ?? "statistical"),
        nullable: true,
      },
      reals("mean_rows_in_lp", ({ summary }) => summary.mean_rows_in_lp ?? null),
      reals("ci_95", ({ update }) => update.ci_95),
    ];
  }
}
