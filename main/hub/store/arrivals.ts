/** The sender of an upload in progress. */
export interface Sender {
  id: string;
  /** Closes the sender's connection. */
  cut(): void;
}

/** Uploads in progress, so that erasing files can be coordinated with them. */
export class Arrivals {
  private readonly underWay = new Map<Promise<unknown>, Sender>();
  private last: Promise<unknown> = Promise.resolve();

  async receive<T>(sender: Sender, work: () => Promise<T>): Promise<T> {
    const done = work();
    this.underWay.set(done, sender);
    return done.finally(() => this.underWay.delete(done));
  }

  /** Cuts off uploads of people who are no longer admitted. When it resolves, none of theirs is in progress. */
  async cut(people: readonly string[]): Promise<void> {
    const theirs = [...this.underWay].filter(([, { id }]) => people.includes(id));
    for (const [, sender] of theirs) sender.cut();
    await Promise.allSettled(theirs.map(([done]) => done));
  }

  /**
   * Runs one task after another: either placing a file and appending its record, or erasing files. Erasing in between
   * would remove the file, because no record names it yet.
   */
  inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.last.then(work);
    this.last = done.catch(() => undefined);
    return done;
  }
}
