import * as z from 'zod';

const side = z.number().int().min(-100_000).max(100_000);

export const windowPlace = z.object({
  x: side,
  y: side,
  width: z.number().int().min(1).max(100_000),
  height: z.number().int().min(1).max(100_000),
  maximized: z.boolean(),
});

export type WindowPlace = z.infer<typeof windowPlace>;

export interface Area {
  x: number;
  y: number;
  width: number;
  height: number;
}

export const defaultSize = { width: 1440, height: 900 };
export const minimumSize = { width: 900, height: 600 };

/** How much of the window's title bar must be on a screen for it to be dragged, in pixels. */
const gripWidth = 120;
const gripHeight = 24;

/**
 * Where to open the window: where it was, made to fit that screen, if it can still be dragged there; otherwise in the
 * middle of the first screen.
 */
export function placeWindow(kept: WindowPlace | null, workAreas: readonly Area[]): WindowPlace {
  const home = kept && workAreas.find((area) => canBeGrabbed(kept, area));
  if (kept && home) {
    const width = Math.min(kept.width, home.width);
    const height = Math.min(kept.height, home.height);
    return { ...kept, width, height };
  }
  const first = workAreas[0] ?? { x: 0, y: 0, ...defaultSize };
  const width = Math.min(kept?.width ?? defaultSize.width, first.width);
  const height = Math.min(kept?.height ?? defaultSize.height, first.height);
  return {
    x: first.x + Math.round((first.width - width) / 2),
    y: first.y + Math.round((first.height - height) / 2),
    width,
    height,
    maximized: kept?.maximized ?? false,
  };
}

/** The same for a window that is shown again; null: it may stay where it is. */
export function rescuedPlace(place: WindowPlace, workAreas: readonly Area[]): WindowPlace | null {
  return workAreas.some((area) => canBeGrabbed(place, area)) ? null : placeWindow(place, workAreas);
}

function canBeGrabbed(place: WindowPlace, area: Area): boolean {
  const visibleWidth = Math.min(place.x + place.width, area.x + area.width) - Math.max(place.x, area.x);
  const topInside = place.y >= area.y && place.y + gripHeight <= area.y + area.height;
  return topInside && visibleWidth >= gripWidth;
}
