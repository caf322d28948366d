import type { CommandType, RoutingEventOf, Settings } from '../../shared/routing';
import { conversationOf, type Model, type ModelConversation, settingsOf } from './model';

/** BO1, BO4: a new one while the group is open, or handed back by the agent who has it. */
export function brokenByAssisted(
  model: Model,
  event: RoutingEventOf<'conversation.assisted'>,
  command: CommandType | null,
): string[] {
  const { conversationId: id, groupId, assistantId } = event;
  const broken: string[] = [];
  const assistant = model.assistants.get(assistantId);
  if (!assistant?.connected) broken.push(`BO1 ${id} goes to ${assistantId}, which is not connected`);
  if (!assistant?.groups.has(groupId)) broken.push(`BO1 ${id} goes to ${assistantId}, which does not serve ${groupId}`);
  const known = model.conversations.get(id);
  if (known) {
    if (command !== null && command !== 'conversation.handBack')
      broken.push(`BO4 ${id} goes back to ${assistantId} by ${command}`);
    if (known.stage !== 'active' || known.agentId !== event.agentId)
      broken.push(`BO4 ${id} is handed back by ${event.agentId}, who does not have it`);
    const same = known.enqueuedAt === event.enqueuedAt && known.seq === event.seq;
    return same ? broken : [...broken, `I6 ${id} lost its place in the queue`];
  }
  if (command !== null && command !== 'conversation.open') broken.push(`BO1 ${id} begins by ${command}`);
  if (!model.groups.get(groupId)?.open) broken.push(`HR1 ${id} begins while ${groupId} is closed`);
  if (model.closed.has(id)) broken.push(`BO4 ${id} is taken up again with ${assistantId}`);
  const fresh = event.enqueuedAt === event.at && event.seq > model.newestSeq;
  return fresh ? broken : [...broken, `BO1 ${id} does not begin as new`];
}

const commandsFor: Record<string, readonly CommandType[]> = {
  askedForPerson: ['conversation.handOver'],
  handedOver: ['conversation.handOver'],
  claimed: ['conversation.claim'],
  withdrawn: ['assistant.put', 'assistant.remove', 'group.remove'],
};

/** BO2, BO3: queued as a new one, and for a reason. */
export function brokenBySwitch(
  model: Model,
  event: RoutingEventOf<'conversation.queued'>,
  defaults: Settings,
  command: CommandType | null,
): string[] {
  const conversation = conversationOf(model, event.conversationId);
  const { id, groupId, stage, assistantId, awaitedSince } = conversation;
  const { fromAssistant = 'none' } = event;
  const broken: string[] = [];
  if (stage !== 'assisted') broken.push(`BO2 ${id} is switched while ${stage}`);
  if (event.enqueuedAt !== event.at || event.seq <= model.newestSeq) broken.push(`BO2 ${id} is not queued as new`);
  if (command !== null && commandsFor[fromAssistant]?.includes(command) === false)
    broken.push(`BO2 ${id} is ${fromAssistant} by ${command}`);
  const assistant = model.assistants.get(assistantId ?? '');
  const { answerWithinSeconds } = settingsOf(model, groupId, defaults).assistant;
  const isDue = awaitedSince !== null && event.at >= awaitedSince + answerWithinSeconds * 1_000;
  if (fromAssistant === 'silent' && !(assistant?.connected && isDue)) broken.push(`BO3 ${id} is passed by too early`);
  const isLost = assistant?.connected === false && (command === null || command === 'assistant.disconnect' || isDue);
  if (fromAssistant === 'gone' && !isLost) broken.push(`BO3 ${assistantId} is said to be gone, of ${id}`);
  return broken;
}

export function brokenByAssistantSaying(model: Model, event: RoutingEventOf<'conversation.message'>): string[] {
  if (event.from !== 'assistant') return [];
  const { id, assistantId } = conversationOf(model, event.conversationId);
  const assistant = model.assistants.get(event.assistantId ?? '');
  const may = assistant?.connected && assistant.id === assistantId;
  return may ? [] : [`BO1 ${event.assistantId} writes in ${id}, which is with ${assistantId}`];
}

/** How long a customer with an assistant may be silent, twice: until they are asked, and until the end. */
function silenceMs(model: Model, { groupId }: ModelConversation, defaults: Settings): number {
  return settingsOf(model, groupId, defaults).customerSilenceSeconds * 1_000 || 1_800_000;
}

/** BO5 */
export function brokenBySilence(
  model: Model,
  event: RoutingEventOf<'conversation.closed'>,
  defaults: Settings,
): string[] {
  const conversation = conversationOf(model, event.conversationId);
  const { id, stage, askedAt } = conversation;
  if (stage !== 'assisted') return [];
  const isOver = askedAt !== null && event.at >= askedAt + silenceMs(model, conversation, defaults);
  return isOver ? [] : [`BO5 ${id} is ended before its customer was silent for long`];
}

/** What must hold after a command. */
export function brokenWithAssistant(
  model: Model,
  conversation: ModelConversation,
  defaults: Settings,
  at: number,
): string[] {
  const { id, groupId, stage, assistantId, awaitedSince, quietSince, askedAt } = conversation;
  const broken: string[] = [];
  if ((stage === 'assisted') !== (assistantId !== null)) broken.push(`I1 ${id} is ${stage}, with ${assistantId}`);
  if (stage !== 'assisted') return broken;
  const assistant = model.assistants.get(assistantId ?? '');
  if (!assistant?.groups.has(groupId)) broken.push(`BO3 ${id} stays with ${assistantId}, which has left ${groupId}`);
  if (assistant && !assistant.connected && !assistant.awaited)
    broken.push(`BO3 ${id} waits for ${assistantId}, which is gone`);
  const { answerWithinSeconds } = settingsOf(model, groupId, defaults).assistant;
  if (awaitedSince !== null && at >= awaitedSince + answerWithinSeconds * 1_000)
    broken.push(`BO3 ${id} waits for ${assistantId} too long`);
  const limitMs = silenceMs(model, conversation, defaults);
  const since = askedAt ?? quietSince;
  if (since !== null && at >= since + limitMs) broken.push(`BO5 ${id} stays, its customer silent`);
  return broken;
}
