import type { Clock } from '../../../shared/client/clock';
import type { DesktopApi } from '../../../shared/desktop-api';

/** For how long nobody has touched this machine, in ms; in a browser, this page. */
export type Idleness = () => Promise<number>;

const inputs = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const;

export function createIdleness(
  page: Pick<Window, 'addEventListener'>,
  desktop: Pick<DesktopApi, 'call'> | null,
  clock: Clock,
): Idleness {
  if (desktop) return () => desktop.call('idle.read');
  let touchedAt = clock.now();
  const touched = () => {
    touchedAt = clock.now();
  };
  for (const input of inputs) page.addEventListener(input, touched, { passive: true, capture: true });
  return async () => clock.now() - touchedAt;
}
