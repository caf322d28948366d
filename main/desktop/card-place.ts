import type { Rectangle } from 'electron';

/** The size of one card; `CardWindow.module.css` is made for this height. */
export const cardSize = { width: 360, height: 176 };
const marginPx = 16;
/** More would cover the user's other windows; the rest is shown as a number. */
const cardsMax = 3;

/** The card window's place for `count` cards: the lower right corner of the work area, never larger than that. */
export function cardPlace(count: number, area: Rectangle): Rectangle {
  const height = Math.min(cardSize.height * Math.min(count, cardsMax), area.height);
  const width = Math.min(cardSize.width, area.width);
  return {
    x: Math.max(area.x, area.x + area.width - width - marginPx),
    y: Math.max(area.y, area.y + area.height - height - marginPx),
    width,
    height,
  };
}
