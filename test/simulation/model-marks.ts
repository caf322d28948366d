import { agentOf, type Model, type ModelAgent, type ModelConversation } from './model';

/** LR4. */
export function dropPreference(model: Model, conversation: ModelConversation, agentId: string): void {
  if (model.lastReceptionist.get(conversation.customerId)?.agentId === agentId) conversation.preferenceDropped = true;
}

/** SB2: several in the same instant are one. */
export function missed(agent: ModelAgent, at: number): void {
  if (agent.lastMissAt !== at) agent.missedInARow += 1;
  agent.lastMissAt = at;
}

/** Attended: the search for an agent is over, and its marks are. */
export function endSearch(conversation: ModelConversation): void {
  conversation.tried.clear();
  conversation.cooling.clear();
  conversation.offeredAtTurn.clear();
  conversation.flagged = false;
  conversation.throttledUntil = null;
}

export function given(model: Model, conversation: ModelConversation, agentId: string, at: number): void {
  conversation.tried.add(agentId);
  conversation.lastTryAt = at;
  conversation.givenAt = [...conversation.givenAt.filter((each) => each > at - 1_000), at];
  const agent = agentOf(model, agentId);
  agent.lastTurnAt = at;
  conversation.offeredAtTurn.set(agentId, agent.turns);
}
