import { kindOf } from '../system/error-kind';
import { type Disk, errorCode, isDiskError } from './disk';
import type { StoreProblem } from './store';

/** The hub's state and its journal disagree; only loading from disk makes them agree again. */
export class TwoTruths extends Error {}

/** Whether an error stops the store: the disk failed, or the replicas differ. */
export function isGrave(error: unknown): boolean {
  return isDiskError(error) || error instanceof TwoTruths;
}

export function problemOf(error: unknown, freeBytes: number | null): StoreProblem {
  const reason = reasonOf(error);
  const message = reason !== 'fault' && error instanceof Error ? error.message : kindOf(error).kind;
  return { kind: 'readOnly', reason, freeBytes, message };
}

/** Null: not known. */
export function freeBytesOf(disk: Disk, folder: string): number | null {
  try {
    return disk.freeBytes(folder);
  } catch {
    return null;
  }
}

function reasonOf(error: unknown): StoreProblem['reason'] {
  if (!isDiskError(error)) return 'fault';
  const code = errorCode(error);
  if (code === 'ENOSPC' || code === 'EDQUOT') return 'diskFull';
  return code === 'ENOENT' || code === 'ENOTDIR' || code === 'ENODEV' || code === 'ESTALE' ? 'folderGone' : 'ioError';
}
