import type { ConversationView } from '../../../shared/protocol/views';
import type { Office } from './office';
import type { AgentBody, AgentClient } from './people';

const weights = {
  tend: 60,
  status: 9,
  claim: 5,
  watch: 5,
  trace: 1,
  wrapUp: 5,
  leftMessage: 4,
  reception: 2,
  reopen: 2,
};
const tendWeights = { reply: 10, close: 4, transfer: 2, acknowledge: 3 };

/** An agent's random acts, from what their screen offers. */
export function agentAct(office: Office): void {
  const { random } = office;
  const client = random.pick(office.agents);
  // While offline a message waits in the outbox.
  if (!client.isUp && random.chance(0.7)) return;
  const body = choose(office, client);
  if (body) say(office, client, body);
}

export function say(office: Office, client: AgentClient, body: AgentBody): void {
  office.run.story.tell(() => `> ${client.name}: ${JSON.stringify(body)}`);
  void client.send(body);
}

function choose(office: Office, client: AgentClient): AgentBody | null {
  const { random } = office;
  const { picture, agentId } = client;
  const open = [...picture.conversations.values()].filter(({ stage }) => stage !== 'closed');
  switch (random.weighted(weights)) {
    case 'tend': {
      const mine = open.filter((each) => each.agentId === agentId || each.fromAgentId === agentId);
      return mine.length > 0 ? tend(office, client, random.pick(mine)) : null;
    }
    case 'status': {
      const status = random.pick(['online', 'online', 'online', 'online', 'busy', 'shortBreak', 'offline'] as const);
      return { op: 'status.set', status };
    }
    case 'claim': {
      const force = random.chance(0.3) ? { force: true } : {};
      if (open.length === 0) return null;
      return { op: 'conversation.claim', conversationId: random.pick(open).conversationId, ...force };
    }
    case 'watch': {
      const conversationId = open.length > 0 && random.chance(0.8) ? random.pick(open).conversationId : null;
      office.run.story.tell(() => `> ${client.name} watches ${conversationId}`);
      client.watchConversation(conversationId);
      return null;
    }
    case 'trace':
      return open.length > 0 ? { op: 'conversation.trace', conversationId: random.pick(open).conversationId } : null;
    case 'wrapUp': {
      const wrapUps = picture.agents.get(agentId)?.wrapUps ?? [];
      return wrapUps.length > 0 ? { op: 'wrapUp.done', conversationId: random.pick(wrapUps) } : null;
    }
    case 'leftMessage': {
      const left = [...picture.leftMessages.keys()];
      if (left.length === 0) return null;
      const leftMessageId = random.pick(left);
      const act = random.pick(['leftMessage.done', 'leftMessage.begin', 'leftMessage.put'] as const);
      return act === 'leftMessage.put'
        ? { op: act, leftMessageId, taken: random.chance(0.7) }
        : { op: act, leftMessageId };
    }
    case 'reopen': {
      const shown = office.tabs.flatMap(({ picture: { conversation } }) => conversation ?? []);
      const ended = shown.filter(({ stage }) => stage === 'closed');
      if (ended.length === 0) return null;
      return { op: 'conversation.reopen', conversationId: random.pick(ended).conversationId };
    }
    case 'reception':
      return { op: 'reception.set', automatic: random.pick([true, false, null]) };
  }
}

function tend(office: Office, client: AgentClient, conversation: ConversationView): AgentBody {
  const { random } = office;
  const { conversationId, stage, offerId, customerName } = conversation;
  if (stage === 'offered' && offerId !== null)
    return random.chance(0.75)
      ? { op: 'offer.accept', offerId }
      : { op: 'offer.decline', offerId, reason: `reason#${office.nextNumber()}` };
  switch (random.weighted(tendWeights)) {
    case 'reply': {
      const name = client.name.split("'")[0];
      const number = office.nextNumber();
      const text = `[${name}→${customerName}:${number}] yes?`;
      // Begun before the last few messages came, or without a link, when more may come before it is sent.
      const isLate = number % 3 === 0;
      const seen = client.picture.messages.get(conversationId)?.at(isLate ? -4 : -1)?.messageId;
      if ((client.isUp && !isLate) || seen === undefined) return { op: 'message.send', conversationId, text };
      // The words say so to the judge.
      return { op: 'message.send', conversationId, text: `${text} after ${seen}`, after: seen };
    }
    case 'close':
      return { op: 'conversation.close', conversationId };
    case 'acknowledge':
      return { op: 'conversation.ack', conversationId };
    case 'transfer': {
      const { agents, groups } = client.picture;
      const to = random.chance(0.7)
        ? { agentId: random.pick([...agents.keys()]) }
        : { groupId: random.pick([...groups.keys()]) };
      const note = random.chance(0.5) ? { note: `note#${office.nextNumber()}` } : {};
      return { op: 'conversation.transfer', conversationId, to, ...note };
    }
  }
}
