import type { Keep } from './keep';
import type { KeptState, LeaveMessage, OwnText, PageState } from './state';

/** The part of the state that outlives a reload. Refused messages are not in the outbox any more, so they are kept here. */
export function readKept(keep: Keep): KeptState {
  const failed = parsed(keep.get('failed'));
  const left = parsed(keep.get('left'));
  return {
    dismissedId: keep.get('dismissed'),
    failed: Array.isArray(failed) ? failed.filter(isFailed) : [],
    left: isLeft(left) ? left : null,
    writingId: keep.get('writing'),
    erased: keep.get('erased') !== null,
  };
}

/** Writes what has changed. */
export function writeKept(
  keep: Keep,
  before: PageState,
  { own, leave, writing, dismissedId, erased }: PageState,
): void {
  if (own !== before.own) {
    const failed = own.filter((text) => text.delivery === 'failed');
    keep.set('failed', failed.length === 0 ? null : JSON.stringify(failed));
  }
  if (leave !== before.leave) keep.set('left', leave?.delivery === 'left' ? JSON.stringify(leave) : null);
  if (writing !== before.writing) keep.set('writing', writing?.begun ? writing.conversationId : null);
  if (erased !== before.erased) keep.set('erased', erased ? 'yes' : null);
  if (dismissedId !== before.dismissedId) keep.set('dismissed', dismissedId);
}

/** Removes everything about a customer whom the hub has erased, but for the fact itself. */
export function keepErased(keep: Keep): void {
  keep.clear();
  keep.set('erased', 'yes');
}

/** Null if it is unreadable: the page must open whatever is in its storage. */
function parsed(text: string | null): unknown {
  try {
    return JSON.parse(text ?? 'null');
  } catch {
    return null;
  }
}

function isFailed(value: Partial<OwnText> | null): value is OwnText {
  return typeof value?.cid === 'string' && typeof value.text === 'string' && value.delivery === 'failed';
}

function isLeft(value: unknown): value is LeaveMessage {
  const left = value as Partial<LeaveMessage> | null;
  return typeof left?.text === 'string' && typeof left.contact === 'string' && left.delivery === 'left';
}
