/** What a test reaches inside the app, as `globalThis.foyerTest` of its main process. */
export interface TestHooks {
  /** Moves the clock of the app and its hub; resolves when what was due is done. */
  advance(byMs: number): Promise<void>;
  /** As while the machine sleeps: its time goes by, and nothing runs. */
  nap(byMs: number): Promise<void>;
  now(): number;
  /** The backup that is picked when the app asks for one. */
  backup: string | null;
  /** The answer to whether the passphrase is to be set anew. */
  resets: boolean;
  /** What was asked before quitting; the answer is always to keep running. */
  quitQuestions: string[];
  /** The notifications asked for so far, the oldest first. */
  notifications: { title: string; body: string; open: boolean; click: () => void }[];
}

declare global {
  // A `var` is the only way to type a property of globalThis.
  var foyerTest: TestHooks;
}
