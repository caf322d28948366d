/** Whose file is on its way. */
export interface Sender {
  id: string;
  /** Takes the connection from them. */
  cut(): void;
}

/** The files that are on their way into the data folder: what erases files has to agree with them. */
export class Arrivals {
  private readonly underWay = new Map<Promise<unknown>, Sender>();
  private last: Promise<unknown> = Promise.resolve();

  async receive<T>(sender: Sender, work: () => Promise<T>): Promise<T> {
    const done = work();
    this.underWay.set(done, sender);
    return done.finally(() => this.underWay.delete(done));
  }

  /** Of these people, who are let in no more; nothing on its way is left of them when it resolves. */
  async cut(people: readonly string[]): Promise<void> {
    const theirs = [...this.underWay].filter(([, { id }]) => people.includes(id));
    for (const [, sender] of theirs) sender.cut();
    await Promise.allSettled(theirs.map(([done]) => done));
  }

  /**
   * One after another: putting a file in its place until its record is appended, and erasing files. In between, no
   * record names the file yet, and erasing would remove it.
   */
  inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.last.then(work);
    this.last = done.catch(() => undefined);
    return done;
  }
}
