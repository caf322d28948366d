/** What of a hub's data folder is damaged, and what can be done about it. */
export interface Damage {
  /** Inside the data folder: `journal/000002.jsonl`. */
  file: string;
  /** From 1; null when it is the file as a whole. */
  line: number | null;
  why: string;
  /** Beside restoring a backup. The one that loses least comes first. */
  choices: RecoveryChoice[];
}

/** A way to start again; what it gives up is kept in quarantine. */
export interface RecoveryChoice {
  /** `cut` ends the journal before the damage; `snapshot` starts from a saved state and leaves the journal aside. */
  kind: 'cut' | 'snapshot';
  /** The last record that is kept, and when it was made: what was said after that is lost. */
  keepsSeq: number;
  /** Epoch milliseconds; 0 when nothing is kept but the set-up. */
  keepsAt: number;
  /** Lines of the journal after that one; the damage may hide some. */
  losesRecords: number;
}
