/** A page that crashes more often than this within a minute is not reloaded without asking. */
const reloadsMax = 3;
const withinMs = 60_000;

export interface PageKeeperParts {
  now(): number;
  reload(): void;
  /** Asks the user whether to reload once more. */
  askAgain(): Promise<boolean>;
}

/** Reloads a crashed page, and asks the user when it crashes again and again. */
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
    /** The user has come back to the window. */
    shown(): void {
      if (isDead) anew();
    },
  };
}
