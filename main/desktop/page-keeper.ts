/** A page that dies more often than this within a minute would only die again. */
const reloadsMax = 3;
const withinMs = 60_000;

export interface PageKeeperParts {
  now(): number;
  reload(): void;
  /** Tells the person, and asks whether to load it again. */
  askAgain(): Promise<boolean>;
}

/** Loads a page that has died again, so often; then it is for the person to say. */
export function createPageKeeper({ now, reload, askAgain }: PageKeeperParts) {
  let reloads: number[] = [];
  let isDead = false;
  const anew = () => {
    isDead = false;
    reloads = [];
    reload();
  };
  return {
    async gone(): Promise<void> {
      reloads = reloads.filter((at) => at > now() - withinMs);
      if (reloads.length < reloadsMax) {
        reloads.push(now());
        return reload();
      }
      if (isDead) return;
      isDead = true;
      if ((await askAgain()) && isDead) anew();
    },
    /** The person comes back to the window. */
    shown(): void {
      if (isDead) anew();
    },
  };
}
