import { expect, it } from 'vitest';
import { cardPlace, cardSize } from '../../main/desktop/card-place';

const area = { x: 100, y: 24, width: 1440, height: 876 };

it('the cards stand in the lower right corner of the work area, three at most', () => {
  const one = cardPlace(1, area);
  expect(one).toMatchObject(cardSize);
  expect([one.x + one.width, one.y + one.height]).toEqual([1540 - 16, 900 - 16]);
  expect(cardPlace(3, area).height).toBe(3 * cardSize.height);
  expect(cardPlace(9, area)).toEqual(cardPlace(3, area));
});

it('the cards never stand outside of a small screen', () => {
  expect(cardPlace(3, { x: 0, y: 0, width: 300, height: 240 })).toEqual({ x: 0, y: 0, width: 300, height: 240 });
});
