import type { OfficeState } from '../office-state';
import { withoutEchoed } from './sending';
import { unreadAfterSnapshot } from './unread';

/** Replaces the hub's part of the state by the snapshot, and keeps the page's own part. `seenId`: before the agent. */
export function afterSnapshot(now: OfficeState, snapshot: OfficeState, seenId: string | null): OfficeState {
  const { selectedId } = now;
  const isGone = selectedId !== null && !now.selectedErased && !snapshot.conversations.has(selectedId);
  const selectedGone = isGone ? (now.selectedGone ?? now.conversations.get(selectedId) ?? null) : null;
  const { link, customerUrl, me, erased, selectedErased, readProblem, newFrom, closing, typing, unsent } = now;
  return {
    ...snapshot,
    ...{ link, customerUrl, me, erased, selectedErased, readProblem, newFrom, closing, typing, unsent },
    unread: unreadAfterSnapshot(now, snapshot, seenId),
    // Includes messages sent while the snapshot was being received.
    sending: withoutEchoed(now.sending, [...snapshot.messages.values()].flat()),
    ...readBefore(now, snapshot, selectedGone ? selectedId : null),
    selectedGone,
    selectedId: isGone && !selectedGone ? null : selectedId,
  };
}

/** Loaded messages stay readable until the hub has sent them again. */
function readBefore(now: OfficeState, snapshot: OfficeState, selectedGoneId: string | null) {
  let { messages } = snapshot;
  const hasEarlier = new Set(snapshot.hasEarlier);
  for (const [id, known] of now.messages) {
    if (messages.has(id) || !(snapshot.conversations.has(id) || id === selectedGoneId)) continue;
    messages = messages.set(id, known);
    if (now.hasEarlier.has(id)) hasEarlier.add(id);
  }
  return { messages, hasEarlier };
}
