/** When dispatch that is decided ahead is delivered. */
import type { Case } from "../case/mod.ts";
import type { Thermal } from "../model/mod.ts";

/** A stage that dispatch can be delivered in: the study's, then those after it. */
export interface DeliveryStage {
  readonly startDay: number;
  readonly endDay: number;
}

/** The stages of the study, then those after it. */
export function deliveryCalendar({ system }: Case): readonly DeliveryStage[] {
  const after = system.postStudy?.stages ?? [];
  return [
    ...system.horizon.stages,
    ...after.map(({ startDay, durationHours }) => ({
      startDay,
      endDay: startDay + durationHours / 24,
    })),
  ];
}

/** Position in the calendar of the stage that a decision is delivered in; its length if beyond. */
export function deliveryOf(
  { anticipated }: Thermal,
  calendar: readonly DeliveryStage[],
  position: number,
): number {
  if (anticipated === null) return position;
  if ("leadStages" in anticipated) {
    return Math.min(position + anticipated.leadStages, calendar.length);
  }
  const day = calendar[position]!.startDay + anticipated.leadTimeHours / 24;
  const found = calendar.findIndex((stage) => stage.startDay <= day && day < stage.endDay);
  return found < 0 ? calendar.length : found;
}

/** Thermals whose dispatch is decided ahead. */
export function anticipatedThermals({ system }: Case): readonly Thermal[] {
  return system.thermals.filter((thermal) => thermal.anticipated !== null);
}
