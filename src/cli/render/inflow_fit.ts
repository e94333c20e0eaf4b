/** How the inflow models of a case read. */
import { counted } from "../../protocol/mod.ts";
import type { CommandData } from "../../protocol/mod.ts";
import { type Page, twoColumns, wrap } from "../page.ts";
import {
  type Band,
  type BandStyle,
  drawBand,
  drawScale,
  rangeOf,
  shortNumber,
} from "./band_chart.ts";
import { type Column, table } from "./text_table.ts";

type Data = CommandData<"fit">;
type Hydro = Data["hydros"][number];
type Model = Hydro["models"][number];
type Sample = NonNullable<Model["observed"]>;

/** So many hydros are shown in full without being asked for. */
const SHOWN_HYDROS = 2;
/** Stages are named by their range beyond this number. */
const LISTED_ENTRIES = 5;
const LABEL_WIDTHS = [9, 24] as const;
const LEAST_CHART = 16;
const MOST_CHART = 72;
/** The numbers beside the bands, which give way where the chart would be too small. */
const NUMBERS_WIDTH = 24;

const OBSERVED: BandStyle = { left: "├", line: "─", mark: "●", right: "┤" };
const SIMULATED: BandStyle = { left: "╞", line: "═", mark: "◆", right: "╡" };

/** Where the models come from, all hydros in a table, and hydros in full where asked for or few. */
export function renderInflowFit(data: Data, askedFor: boolean, page: Page): string {
  const modelled = data.hydros.filter(({ models }) => models.length > 0);
  const parts = [provenance(data, page)];
  if (modelled.length > 0) {
    const inFull = askedFor || modelled.length <= SHOWN_HYDROS;
    parts.push(overview(modelled, page));
    if (inFull) parts.push(...modelled.map((hydro) => inDetail(hydro, page)));
    parts.push(...correlation(data));
    if (!inFull) parts.push("--hydro ID shows the models and the inflows of a hydro in full\n");
  } else if (data.simulation !== null) {
    parts.push("No stage that has a model is of these seasons or hydros\n");
  }
  return parts.join("\n");
}

function provenance(data: Data, page: Page): string {
  const { provenance: from, simulation } = data;
  if (simulation === null) {
    const text = from.n_hydros === 0
      ? "The case has no hydros, so there are no inflow models."
      : "The case has neither a history of inflows nor their means and deviations, so every " +
        "inflow is 0.";
    return `${wrap(text, page.width, "")}\n`;
  }
  const order = from.ar_max_order ?? 0;
  const rows: [string, string][] = [
    [
      "moments",
      from.seasonal_stats_source === "estimated"
        ? "fitted to the history"
        : "given in scenarios/inflow_seasonal_stats.parquet",
    ],
    [
      "lags",
      from.ar_coefficients_source === "estimated"
        ? `fitted to the history (${from.ar_method}), orders up to ${order}`
        : from.ar_coefficients_source === "user_file"
        ? "given in scenarios/inflow_ar_coefficients.parquet"
        : "none: inflows are independent from stage to stage",
    ],
    [
      "correlation",
      from.correlation_source === "estimated"
        ? "that of the residuals of the history"
        : from.correlation_source === "user_file"
        ? "given in scenarios/correlation.json"
        : "none: hydros are independent of each other",
    ],
    [
      "simulated",
      simulation.years !== null
        ? `${counted(simulation.years, "year")} that follow each other, seed ${simulation.seed}`
        : `${counted(simulation.rounds, "draw")} that begin with the inflows before the study, ` +
          `seed ${simulation.seed}: its stages are no whole cycle of seasons`,
    ],
  ];
  if (from.white_noise_fallbacks.length > 0) {
    rows.push(["no history", `hydros ${from.white_noise_fallbacks.join(", ")}: noise alone`]);
  }
  const title = page.paint("strong", `Inflow models of ${counted(from.n_hydros, "hydro")}`);
  return `${title}\n${twoColumns(rows, page.width)}`;
}

/** A line per hydro, about the stages of the study. */
function overview(all: readonly Hydro[], page: Page): string {
  const hydros = all.map((hydro) => ({
    ...hydro,
    models: hydro.models.filter(({ stage_ids }) => stage_ids.some((id) => id >= 0)),
  })).filter(({ models }) => models.length > 0);
  const columns: readonly Column<Hydro>[] = [
    { head: "hydro", align: "left", text: hydroName },
    { head: "mean m³/s", align: "right", text: ({ models }) => span(models, (m) => m.mean_m3s) },
    { head: "deviation", align: "right", text: ({ models }) => span(models, (m) => m.std_m3s) },
    {
      head: "noise",
      align: "right",
      text: ({ models }) => span(models, (m) => m.residual_std_ratio, 2),
    },
    { head: "years", align: "right", text: ({ models }) => years(models) },
    { head: "orders", align: "left", text: ({ models }) => models.map(orderMark).join("") },
  ];
  return table(hydros, columns, page);
}

function inDetail(hydro: Hydro, page: Page): string {
  const labels = labelsOf(hydro.models);
  const rows = hydro.models.map((model, at) => ({ model, label: labels[at]! }));
  const withAnnual = hydro.models.some(({ annual }) => annual !== null);
  type Row = (typeof rows)[number];
  const columns: readonly Column<Row>[] = [
    { head: "season", align: "left", text: ({ label }) => label },
    { head: "years", align: "right", text: ({ model }) => String(model.observed?.count ?? "–") },
    { head: "mean", align: "right", text: ({ model }) => number(model.mean_m3s) },
    { head: "deviation", align: "right", text: ({ model }) => number(model.std_m3s) },
    { head: "noise", align: "right", text: ({ model }) => fixed(model.residual_std_ratio, 3) },
    ...(withAnnual
      ? [{
        head: "annual",
        align: "right" as const,
        text: ({ model }: Row) => fixed(model.annual?.coefficient ?? null, 3),
      }]
      : []),
    {
      head: "lags",
      align: "left",
      text: ({ model }) => model.coefficients.map((value) => fixed(value, 3)).join(" "),
    },
  ];
  const title = page.paint("strong", `Hydro ${hydroName(hydro)}`);
  return `${title}\n${table(rows, columns, page)}\n${chart(hydro.models, labels, page)}${
    reductions(hydro, page)
  }`;
}

/** The inflows of each season: the history above, what the model draws below. */
function chart(models: readonly Model[], labels: readonly string[], page: Page): string {
  const bands = models.flatMap(({ observed, simulated }) => [observed, simulated])
    .filter((sample) => sample !== null).map(bandOf);
  if (bands.length === 0) return "";
  const range = rangeOf(bands);
  const [least, most] = LABEL_WIDTHS;
  const labelWidth = Math.min(most, Math.max(least, ...labels.map((label) => label.length)));
  const room = Math.min(MOST_CHART + NUMBERS_WIDTH, page.width - labelWidth - 3);
  const withNumbers = room >= LEAST_CHART + NUMBERS_WIDTH;
  const width = Math.max(
    LEAST_CHART,
    Math.min(MOST_CHART, withNumbers ? room - NUMBERS_WIDTH : room),
  );
  const lead = " ".repeat(labelWidth + 3);
  const numbers = (values: readonly string[]): string =>
    withNumbers ? values.map((value) => value.padStart(8)).join("") : "";
  const line = (label: string, sample: Sample | null, style: BandStyle): string[] => {
    if (sample === null) return [];
    const drawn = drawBand(bandOf(sample), range, width, style);
    const text = `  ${label.slice(0, labelWidth).padEnd(labelWidth)} ${drawn}` +
      numbers([number(sample.p10_m3s), number(sample.mean_m3s), number(sample.p90_m3s)]);
    return [`${text.trimEnd()}\n`];
  };
  const lines = models.flatMap(({ observed, simulated }, at) => [
    ...line(labels[at]!, observed, OBSERVED),
    ...line(observed === null ? labels[at]! : "", simulated, SIMULATED),
  ]);
  const negative = Math.max(...models.map(({ simulated }) => simulated?.negative_share ?? 0));
  const legend = [
    ...(models.some(({ observed }) => observed !== null) ? ["├─●─┤ history"] : []),
    ...(models.some(({ simulated }) => simulated !== null) ? ["╞═◆═╡ simulated"] : []),
  ].join(", ");
  return `  ${
    wrap(`Inflow in m³/s: mean and the band from p10 to p90; ${legend}`, page.width - 2, "  ")
  }\n` +
    `${lead}${drawScale(range, width)}${numbers(["p10", "mean", "p90"])}\n${lines.join("")}` +
    (negative > 0
      ? `  ${
        wrap(
          `Up to ${percent(negative)} of the simulated inflows of a season are below 0.`,
          page.width - 2,
          "  ",
        )
      }\n`
      : "");
}

function reductions({ reductions }: Hydro, page: Page): string {
  const reasons = {
    magnitude_bound: "a coefficient exceeds estimation.max_coefficient_magnitude",
    phi1_negative: "the first coefficient was negative",
    negative_contribution: "an earlier inflow would have lowered a later one",
  };
  const texts = new Map<string, Map<number, number>>();
  for (const { season_id, original_order, reason } of reductions) {
    const seasons = texts.get(reason) ?? new Map<number, number>();
    texts.set(reason, seasons);
    // Orders are lowered step by step; the first one is where the fit began.
    if (!seasons.has(season_id)) seasons.set(season_id, original_order);
  }
  return [...texts].map(([reason, seasons]) => {
    const list = [...seasons].map(([season, order]) => `${season} (from order ${order})`);
    const why = reasons[reason as keyof typeof reasons];
    const text = `Orders lowered because ${why}: season ${list.join(", ")}`;
    return `  ${wrap(text, page.width - 2, "    ")}\n`;
  }).join("");
}

function correlation({ correlation: profiles, hydros }: Data): string[] {
  const nameOf = new Map(hydros.map((hydro) => [hydro.hydro_id, hydroName(hydro)]));
  const blocks = profiles.filter(({ largest }) => largest.length > 0).map((profile, at) => {
    const shown = profile.largest.slice(0, at === 0 ? LISTED_ENTRIES : 1);
    const where = profile.stage_ids.length === 0
      ? "no stage of its own"
      : stagesText(profile.stage_ids);
    const pairs = shown.map(({ hydro_a, hydro_b, value }) =>
      `  ${fixed(value, 2).padStart(5)}  ${nameOf.get(hydro_a)} and ${nameOf.get(hydro_b)}\n`
    );
    return `  ${profile.profile}, ${where}\n${pairs.map((pair) => `  ${pair}`).join("")}`;
  });
  return blocks.length === 0
    ? []
    : [`Largest correlations of the noises, by profile\n${blocks.join("")}`];
}

function hydroName({ hydro_id, name }: Pick<Hydro, "hydro_id" | "name">): string {
  return `${hydro_id} '${name}'`;
}

/** The season of each model; the stages too where a season has several models. */
function labelsOf(models: readonly Model[]): string[] {
  return models.map(({ season_id, season_label, stage_ids }) => {
    if (season_id === null) return stagesText(stage_ids);
    const season = season_label === null || season_label === ""
      ? `season ${season_id}`
      : season_label;
    const alone = models.filter((other) => other.season_id === season_id).length === 1;
    return alone ? season : `${season}, ${stagesText(stage_ids)}`;
  });
}

function stagesText(ids: readonly number[]): string {
  return `${ids.length === 1 ? "stage" : "stages"} ${spansText(ids)}`;
}

/** `0–3, 7`: runs of ids. */
function spansText(ids: readonly number[]): string {
  const spans: [number, number][] = [];
  for (const id of ids) {
    const last = spans.at(-1);
    if (last !== undefined && last[1] === id - 1) last[1] = id;
    else spans.push([id, id]);
  }
  const texts = spans.map(([from, to]) => from === to ? `${from}` : `${from}–${to}`);
  return texts.length > LISTED_ENTRIES
    ? `${texts.slice(0, LISTED_ENTRIES).join(", ")} and more`
    : texts.join(", ");
}

function bandOf({ p10_m3s, mean_m3s, p90_m3s }: Sample): Band {
  return { low: p10_m3s ?? NaN, mark: mean_m3s ?? NaN, high: p90_m3s ?? NaN };
}

function years(models: readonly Model[]): string {
  const counts = models.flatMap(({ observed }) => observed === null ? [] : [observed.count]);
  return counts.length === 0 ? "–" : rangeText(counts, String);
}

function span(models: readonly Model[], value: (model: Model) => number | null, digits?: number) {
  const values = models.map(value).filter((found) => found !== null);
  return rangeText(values, (x) => digits === undefined ? shortNumber(x) : x.toFixed(digits));
}

function rangeText(values: readonly number[], text: (value: number) => string): string {
  const sorted = values.toSorted((a, b) => a - b);
  const [least, most] = [text(sorted[0]!), text(sorted.at(-1)!)];
  return least === most ? least : `${least}–${most}`;
}

/** The order in one character; letters go on after 9. */
function orderMark({ order }: Model): string {
  return order < 36 ? order.toString(36) : "+";
}

function number(value: number | null): string {
  return value === null ? "–" : shortNumber(value);
}

function fixed(value: number | null, digits: number): string {
  return value === null ? "–" : value.toFixed(digits);
}

function percent(share: number): string {
  return `${(100 * share).toFixed(share < 0.1 ? 1 : 0)} %`;
}
