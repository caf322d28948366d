import type { Terms } from '../../shared/routing';
import { agentOf, type Model, type ModelAgent, type ModelConversation } from './model';

/** RD4 and LR4. */
export function tryFailed(model: Model, conversation: ModelConversation, agentId: string): void {
  conversation.newestTry.failed = true;
  if (conversation.newestTry.counts) conversation.failedTries += 1;
  if (model.lastReceptionist.get(conversation.customerId)?.agentId === agentId) conversation.preferenceDropped = true;
}

/** SB2: several misses in the same instant count as one. */
export function missed(agent: ModelAgent, at: number): void {
  if (agent.lastMissAt !== at) agent.missedInARow += 1;
  agent.lastMissAt = at;
}

/** Attended: the search for an agent is over, and its marks are cleared. */
export function endSearch(conversation: ModelConversation): void {
  conversation.tried.clear();
  conversation.cooling.clear();
  conversation.offeredAtTurn.clear();
  conversation.flagged = false;
  conversation.throttledUntil = null;
  conversation.failedTries = 0;
}

export function given(
  model: Model,
  conversation: ModelConversation,
  agentId: string,
  at: number,
  terms: Terms | undefined,
): void {
  conversation.tried.add(agentId);
  conversation.lastTryAt = at;
  conversation.newestTry = { counts: terms?.counts ?? false, maxRedirects: terms?.maxRedirects ?? 0, failed: false };
  conversation.givenAt = [...conversation.givenAt.filter((each) => each > at - 1_000), at];
  const agent = agentOf(model, agentId);
  agent.lastTurnAt = at;
  conversation.offeredAtTurn.set(agentId, agent.turns);
}
