import type { JoinView } from '../../../shared/protocol/views';

/** More than a team needs at once; an eleventh is refused for now. */
const joinsMax = 10;

export type JoinEnd = 'approved' | 'declined' | 'expired' | 'gone' | 'tooMany';

/** Devices that wait for a supervisor's approval. Nothing is recorded: a client that reconnects asks again. */
export class Joins {
  private readonly waiting = new Map<string, { view: JoinView; end: (how: JoinEnd) => void }>();

  constructor(private readonly changed: () => void) {}

  views(): JoinView[] {
    return [...this.waiting.values()].map(({ view }) => view);
  }

  /** Resolves when a supervisor has answered, the code has expired or the device is gone. */
  ask(view: JoinView): Promise<JoinEnd> {
    if (this.waiting.size >= joinsMax) return Promise.resolve('tooMany');
    return new Promise((end) => {
      this.waiting.set(view.joinId, { view, end });
      this.changed();
    });
  }

  /** False when no device is waiting under this id. */
  end(joinId: string, how: JoinEnd): boolean {
    const found = this.waiting.get(joinId);
    if (!found) return false;
    this.waiting.delete(joinId);
    found.end(how);
    this.changed();
    return true;
  }
}
