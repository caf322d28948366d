import { errorCode, isDiskError } from './disk';
import type { OpenFolder } from './open-folder';
import type { StoreProblem } from './store';

/** The hub's state and its journal disagree; only loading from disk makes them agree again. */
export class TwoTruths extends Error {}

/** Errors that stop the writer: the disk failed, the journal's end is unknown, or the replicas differ. */
export function isGrave({ journal }: Pick<OpenFolder, 'journal'>, error: unknown): boolean {
  return isDiskError(error) || error instanceof TwoTruths || !journal.isOpen;
}

export function reasonOf(error: unknown): StoreProblem['reason'] {
  if (!isDiskError(error)) return 'fault';
  const code = errorCode(error);
  if (code === 'ENOSPC' || code === 'EDQUOT') return 'diskFull';
  return code === 'ENOENT' || code === 'ENOTDIR' || code === 'ENODEV' || code === 'ESTALE' ? 'folderGone' : 'ioError';
}
