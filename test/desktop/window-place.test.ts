import { describe, expect, it } from 'vitest';
import { defaultSize, placeWindow, rescuedPlace } from '../../main/desktop/window-place';

const left = { x: 0, y: 0, width: 1920, height: 1080 };
const right = { x: 1920, y: 0, width: 1280, height: 1024 };
const kept = { x: 2000, y: 100, width: 1000, height: 700, maximized: false };

describe('where the window opens', () => {
  it('is in the middle of the first screen, the first time', () => {
    expect(placeWindow(null, [left, right])).toEqual({ x: 240, y: 90, ...defaultSize, maximized: false });
  });

  it('is where it was, on a screen that is still there', () => {
    expect(placeWindow(kept, [left, right])).toEqual(kept);
  });

  it('is the first screen when its own is gone, in its size', () => {
    expect(placeWindow(kept, [left])).toEqual({ x: 460, y: 190, width: 1000, height: 700, maximized: false });
  });

  it.each([
    ['its title bar is above the screen', { ...kept, x: 100, y: -40 }],
    ['only a sliver of it is on the screen', { ...kept, x: 1900, y: 100 }],
    ['it is below the screen', { ...kept, x: 100, y: 1070 }],
  ])('is the middle when %s', (_name, place) => {
    expect(placeWindow(place, [left])).toMatchObject({ x: 460, y: 190 });
  });

  it('stays partly outside when enough of it can be grabbed', () => {
    const place = { ...kept, x: -500, y: 50 };
    expect(placeWindow(place, [left])).toEqual(place);
  });

  it('is no larger than the screen, and keeps being maximized', () => {
    const small = { x: 0, y: 0, width: 1024, height: 700 };
    const place = { x: 0, y: 0, width: 2560, height: 1400, maximized: true };
    expect(placeWindow(place, [small])).toEqual({ x: 0, y: 0, width: 1024, height: 700, maximized: true });
  });

  it('opens without any screen known', () => {
    expect(placeWindow(null, [])).toMatchObject(defaultSize);
  });
});

describe('a window that is shown again', () => {
  it('stays where it is while its screen is there', () => {
    expect(rescuedPlace(kept, [left, right])).toBe(null);
    expect(rescuedPlace({ ...kept, x: -500, y: 50 }, [left])).toBe(null);
  });

  it('comes to a screen that is there when its own has gone, and stays maximized', () => {
    expect(rescuedPlace(kept, [left])).toEqual({ ...kept, x: 460, y: 190 });
    expect(rescuedPlace({ ...kept, maximized: true }, [left])).toMatchObject({ maximized: true, x: 460 });
  });
});
