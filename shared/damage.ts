/** A damaged file in a hub's data folder, and the ways to recover. */
export interface Damage {
  /** Path within the data folder, for example `journal/000002.jsonl`. */
  file: string;
  /** 1-based; null if the file as a whole is damaged. */
  line: number | null;
  why: string;
  /** In addition to restoring a backup; the one that loses least comes first. */
  choices: RecoveryChoice[];
}

/** A way to start again; data it leaves out is kept in quarantine. */
export interface RecoveryChoice {
  /** `cut` truncates the journal before the damage; `snapshot` starts from a saved state without the journal. */
  kind: 'cut' | 'snapshot';
  /** The last record that is kept; everything after it is lost. */
  keepsSeq: number;
  /** That record's time, epoch milliseconds; 0 when only the set-up is kept. */
  keepsAt: number;
  /** Journal lines after that record; the damage may hide more. */
  losesRecords: number;
}
