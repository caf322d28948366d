import type { Clock } from '../ports';

/**
 * Presence, as others are told it. A connect is told at once; a disconnect, when it has lasted for
 * a while: a line that is back by then was no news, and one that comes and goes is told seldom.
 */
export class Presence {
  private readonly shown = new Set<string>();
  /** They have gone, and it is not told yet. */
  private readonly leaving = new Map<string, () => void>();

  constructor(
    private readonly clock: Clock,
    private readonly holdMs: number,
    private readonly isThere: (id: string) => boolean,
    private readonly gone: (id: string) => void,
  ) {}

  isShown(id: string): boolean {
    return this.shown.has(id);
  }

  /** They may have come or gone. True: they are told to be there from now on. */
  look(id: string): boolean {
    if (this.isThere(id)) {
      this.stay(id);
      if (this.shown.has(id)) return false;
      this.shown.add(id);
      return true;
    }
    if (this.shown.has(id) && !this.leaving.has(id))
      this.leaving.set(
        id,
        this.clock.at(this.clock.now() + this.holdMs, () => {
          this.forget(id);
          this.gone(id);
        }),
      );
    return false;
  }

  forget(id: string): void {
    this.stay(id);
    this.shown.delete(id);
  }

  stop(): void {
    for (const cancel of this.leaving.values()) cancel();
    this.leaving.clear();
  }

  private stay(id: string) {
    this.leaving.get(id)?.();
    this.leaving.delete(id);
  }
}
