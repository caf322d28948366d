import type { Clock } from '../ports';

/**
 * Presence as shown to others. A connect is shown at once, a disconnect only after `holdMs`, so that a quick reconnect
 * is not shown at all and a flapping line causes few events.
 */
export class Presence {
  private readonly shown = new Set<string>();
  /** Those who have disconnected but are still shown, each with what cancels their timer. */
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

  /** Checks after a possible connect or disconnect. True: newly shown as there. */
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
