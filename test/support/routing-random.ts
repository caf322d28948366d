import { type Command, inspect, nextDeadline, type RoutingState, type SettingsPatch } from '../../shared/routing';

export type Random = () => number;

export function pick<T>(random: Random, list: readonly T[]): T | undefined {
  return list[Math.floor(random() * list.length)];
}

function chance(random: Random, p: number): boolean {
  return random() < p;
}

/** Valid random settings, with switches toggled more often than in a real office. */
export function randomSettings(random: Random): SettingsPatch {
  const flip = () => chance(random, 0.5);
  return {
    routing: {
      agentPriority: flip(),
      lastReceptionist: chance(random, 0.7),
      lastReceptionistHoldSeconds: pick(random, [0, 0, 5, 20]) ?? 0,
      priorityHoldSeconds: pick(random, [0, 0, 5, 20]) ?? 0,
      agentsMayClaim: flip(),
      claimBeyondCapacity: chance(random, 0.2),
      transferBeyondCapacity: chance(random, 0.2),
    },
    reception: {
      automatic: flip(),
      agentMayChoose: flip(),
      redirect: { enabled: flip(), afterSeconds: pick(random, [10, 20, 30]) ?? 30 },
      shortBreak: {
        enabled: flip(),
        afterSeconds: pick(random, [10, 20, 30]) ?? 30,
        misses: pick(random, [1, 2, 3]) ?? 1,
        endAfterSeconds: pick(random, [0, 15]) ?? 0,
      },
      maxRedirects: pick(random, [0, 1, 2, 5]) ?? 5,
      roundPauseSeconds: pick(random, [0, 5, 10]) ?? 10,
    },
    presence: {
      offerGraceSeconds: pick(random, [0, 5]) ?? 5,
      conversationGraceSeconds: pick(random, [3, 60]) ?? 60,
    },
    queue: {
      maxWaitSeconds: pick(random, [0, 0, 40]) ?? 0,
      afterMaxWait: pick(random, ['end', 'leaveMessage']) ?? 'end',
    },
    wrapUpSeconds: pick(random, [0, 0, 8]) ?? 0,
    customerSilenceSeconds: pick(random, [0, 0, 25]) ?? 0,
  };
}

const GROUPS = ['sales', 'help', 'billing'];
const AGENTS = ['ann', 'bob', 'cem', 'dee', 'eve'];
const CUSTOMERS = 12;

function numbered(random: Random): string {
  return `k${Math.floor(random() * CUSTOMERS)}`;
}

/** The initial office: three groups, five agents in one to three of them. */
export function openingCommands(random: Random, at: number): Command[] {
  const commands: Command[] = [{ type: 'settings.update', at, settings: randomSettings(random) }];
  for (const groupId of GROUPS) {
    const { presence: _presence, ...settings } = randomSettings(random);
    const own = chance(random, 0.3) ? { settings } : {};
    commands.push({ type: 'group.put', at, groupId, name: groupId, ...own });
  }
  commands.push(assistantPut(random, at), { type: 'assistant.connect', at, assistantId: 'bot' });
  for (const agentId of AGENTS) {
    commands.push(agentPut(random, at, agentId));
    commands.push({ type: 'agent.connect', at, agentId });
    if (chance(random, 0.8)) commands.push({ type: 'agent.status', at, agentId, status: 'online' });
  }
  return commands;
}

function assistantPut(random: Random, at: number): Command {
  return {
    type: 'assistant.put',
    at,
    assistantId: 'bot',
    name: 'bot',
    groupIds: GROUPS.filter(() => chance(random, 0.4)),
  };
}

function agentPut(random: Random, at: number, agentId: string): Command {
  const groups = GROUPS.filter(() => chance(random, 0.6)).map((groupId) => {
    return { groupId, priority: 1 + Math.floor(random() * 3) };
  });
  return {
    type: 'agent.put',
    at,
    agentId,
    name: agentId,
    capacity: chance(random, 0.05) ? 0 : 1 + Math.floor(random() * 3),
    groups,
  };
}

/** The time of the next command: mostly unchanged, often exactly the next deadline, rarely after a long gap. */
export function nextTime(random: Random, state: RoutingState, at: number): number {
  const roll = random();
  const due = nextDeadline(state);
  if (roll < 0.5) return at;
  if (roll < 0.75 && due !== null && due < at + 40_000) return Math.max(at, due);
  if (roll < 0.98) return at + Math.floor(random() * 3_000);
  return at + Math.floor(random() * 60_000);
}

/** One random command, whose ids mostly exist. */
export function randomCommand(random: Random, state: RoutingState, at: number, serial: number): Command {
  const view = inspect(state);
  const open = Object.entries(view.conversations).filter(([, { stage }]) => stage !== 'closed');
  const ringing = open.filter(([, { stage }]) => stage === 'offered');
  const assisted = open.filter(([, { stage }]) => stage === 'assisted');
  const active = open.filter(([, { stage }]) => stage === 'active');
  const agentId = pick(random, AGENTS) ?? 'ann';
  const [anyId = 'none'] = pick(random, open) ?? [];
  const [activeId = 'none', activeView] = pick(random, active) ?? [];
  const [, rings] = pick(random, ringing) ?? [];
  const owner = chance(random, 0.95) ? (activeView?.agentId ?? agentId) : agentId;
  const groupId = pick(random, GROUPS) ?? 'sales';
  if (chance(random, 0.15)) return assistantCommand(random, at, pick(random, assisted)?.[0] ?? anyId, activeId, owner);
  let roll = Math.floor(random() * 100);
  // Only a few commands name unknown ids.
  if (roll >= 22 && roll < 40 && ringing.length === 0) roll = chance(random, 0.1) ? roll : 88;
  if (roll >= 40 && roll < 76 && active.length === 0) roll = chance(random, 0.1) ? roll : 0;
  if (roll < 22) {
    const priority = chance(random, 0.2) ? { priority: Math.floor(random() * 10) } : {};
    return {
      type: 'conversation.open',
      at,
      conversationId: `c${serial}`,
      customerId: numbered(random),
      groupId,
      ...priority,
    };
  }
  if (roll < 34) {
    return { type: 'offer.accept', at, agentId: rings?.agentId ?? agentId, offerId: rings?.offerId ?? `o${serial}` };
  }
  if (roll < 40) {
    return { type: 'offer.decline', at, agentId: rings?.agentId ?? agentId, offerId: rings?.offerId ?? 'o1' };
  }
  if (roll < 48) {
    const unseen = roll < 42 ? { unseenSince: at - 1_000 * roll } : {};
    return { type: 'message.sent', at, conversationId: activeId, from: 'agent', agentId: owner, ...unseen };
  }
  if (roll < 52) return { type: 'message.sent', at, conversationId: anyId, from: 'customer' };
  if (roll < 55) return { type: 'conversation.ack', at, agentId: owner, conversationId: activeId };
  if (roll < 60) return { type: 'conversation.close', at, conversationId: activeId, by: 'agent', agentId: owner };
  if (roll < 63) return { type: 'conversation.leave', at, conversationId: anyId };
  if (roll < 67) {
    return { type: 'conversation.claim', at, agentId, conversationId: anyId, force: chance(random, 0.3) };
  }
  if (roll < 73) {
    const to = chance(random, 0.7) ? { agentId: pick(random, AGENTS) ?? 'ann' } : { groupId };
    const force = chance(random, 0.2);
    return { type: 'conversation.transfer', at, agentId: owner, conversationId: activeId, to, force };
  }
  if (roll < 83) {
    const status =
      pick(random, ['online', 'online', 'online', 'online', 'online', 'busy', 'shortBreak', 'offline'] as const) ??
      'online';
    return { type: 'agent.status', at, agentId, status, ...(chance(random, 0.3) ? { by: 'boss' } : {}) };
  }
  if (roll < 84) return { type: 'agent.disconnect', at, agentId };
  if (roll < 93) return { type: 'agent.connect', at, agentId };
  return rareCommand(random, at, agentId, groupId, view.agents[agentId]?.wrapUps ?? []);
}

function assistantCommand(
  random: Random,
  at: number,
  conversationId: string,
  activeId: string,
  agentId: string,
): Command {
  const assistantId = 'bot';
  const roll = Math.floor(random() * 100);
  if (roll < 25) return { type: 'message.sent', at, conversationId, from: 'assistant', assistantId };
  if (roll < 35) return { type: 'message.sent', at, conversationId, from: 'customer' };
  if (roll < 45) return { type: 'conversation.handOver', at, conversationId };
  if (roll < 60) {
    const groupId = pick(random, GROUPS) ?? 'sales';
    return { type: 'conversation.handOver', at, conversationId, assistantId, groupId, priority: 2, note: 'n' };
  }
  if (roll < 70) return { type: 'conversation.handBack', at, agentId, conversationId: activeId };
  if (roll < 85) return { type: 'assistant.connect', at, assistantId };
  if (roll < 92) return { type: 'assistant.disconnect', at, assistantId };
  return roll < 98 ? assistantPut(random, at) : { type: 'assistant.remove', at, assistantId };
}

function rareCommand(random: Random, at: number, agentId: string, groupId: string, wrapUps: string[]): Command {
  const roll = Math.floor(random() * 100);
  if (roll < 20) return { type: 'wrapUp.done', at, agentId, conversationId: pick(random, wrapUps) ?? 'none' };
  if (roll < 35) return agentPut(random, at, agentId);
  if (roll < 45) return { type: 'settings.update', at, settings: randomSettings(random) };
  if (roll < 55) return { type: 'agent.reception', at, agentId, automatic: pick(random, [true, false, null]) ?? null };
  if (roll < 62) return { type: 'group.open', at, groupId, open: chance(random, 0.8) };
  if (roll < 67) return { type: 'hub.started', at };
  if (roll < 74) return { type: 'tick', at: at + 120_000, sleptMs: 120_000 };
  if (roll < 77) return { type: 'agent.remove', at, agentId };
  if (roll < 80) return { type: 'group.remove', at, groupId, moveTo: pick(random, GROUPS) ?? 'sales' };
  const { presence: _presence, ...settings } = randomSettings(random);
  return { type: 'group.put', at, groupId, name: groupId, settings };
}
