/** Correlations between the seasons of a record: of inflows with earlier ones, and with annual means. */
import { meanStd, type PeriodSeries } from "./period_series.ts";
