/** How a test's app moves the clock of its hub's process, on the same port as the calls. */
export interface MoveClock {
  move: 'advance' | 'nap';
  byMs: number;
}

/** Told when the move and what was due have been done. */
export const clockMoved = 'clockMoved';

export function isMove(message: unknown): message is MoveClock {
  return typeof message === 'object' && message !== null && 'move' in message;
}
