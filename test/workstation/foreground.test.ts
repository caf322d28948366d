import { expect, it } from 'vitest';
import { createForeground } from '../../renderer/workstation/services/foreground';
import type { DesktopApi } from '../../shared/desktop-api';

it('the page is in front while it has the focus, and the desktop has its window in sight', () => {
  const page = new EventTarget();
  const document = Object.assign(new EventTarget(), { visibilityState: 'visible', hasFocus: () => focused });
  let focused = true;
  let sight: (event: { inSight: boolean }) => void = () => {};
  const on = ((_name: string, listen: typeof sight) => {
    sight = listen;
    return () => {};
  }) as DesktopApi['on'];
  const foreground = createForeground(Object.assign(page, { document }) as unknown as Window, { on });
  const told: boolean[] = [];
  const stop = foreground.subscribe(() => told.push(foreground.isInFront()));

  sight({ inSight: false });
  sight({ inSight: true });
  focused = false;
  page.dispatchEvent(new Event('blur'));
  focused = true;
  page.dispatchEvent(new Event('focus'));
  document.visibilityState = 'hidden';
  document.dispatchEvent(new Event('visibilitychange'));
  expect(told).toEqual([false, true, false, true, false]);
  stop();
  page.dispatchEvent(new Event('focus'));
  expect(told).toHaveLength(5);
});
