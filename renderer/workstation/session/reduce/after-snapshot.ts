import type { OfficeState } from '../office-state';
import { withoutEchoed } from './sending';

/** What the hub tells is as in the snapshot; what happens on this page stays as it is. */
export function afterSnapshot(now: OfficeState, snapshot: OfficeState): OfficeState {
  const { selectedId } = now;
  const isGone = selectedId !== null && !now.selectedErased && !snapshot.conversations.has(selectedId);
  const selectedGone = isGone ? (now.selectedGone ?? now.conversations.get(selectedId) ?? null) : null;
  const { link, customerUrl, me, erased, selectedErased, readProblem, newFrom, closing, typing, unsent } = now;
  return {
    ...snapshot,
    ...{ link, customerUrl, me, erased, selectedErased, readProblem, newFrom, closing, typing, unsent },
    // Also what was sent while the snapshot came in.
    sending: withoutEchoed(now.sending, [...snapshot.messages.values()].flat()),
    ...readBefore(now, snapshot, selectedGone ? selectedId : null),
    selectedGone,
    selectedId: isGone && !selectedGone ? null : selectedId,
  };
}

/** What was read stays readable until the hub has sent it anew. */
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
