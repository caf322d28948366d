import type { Keep } from './keep';
import type { OwnText } from './state';

/** Refused words have left the outbox; they wait here for "send again" or "discard", over a reload too. */
export function writeFailed(keep: Keep, own: readonly OwnText[]): void {
  const failed = own.filter((text) => text.delivery === 'failed');
  keep.set('failed', failed.length === 0 ? null : JSON.stringify(failed));
}

/** Anything unreadable is nothing: the page must open whatever is in the storage. */
export function readFailed(keep: Keep): OwnText[] {
  try {
    const value: unknown = JSON.parse(keep.get('failed') ?? '[]');
    return Array.isArray(value) ? value.filter(isFailed) : [];
  } catch {
    return [];
  }
}

function isFailed(value: Partial<OwnText> | null): value is OwnText {
  return typeof value?.cid === 'string' && typeof value.text === 'string' && value.delivery === 'failed';
}
