import type { Command } from '../../shared/routing';

/**
 * The seeds that run in CI: neighbouring ones, and by name every seed that once broke a rule. Changing world.ts changes
 * what a seed does, so a case that must be kept for good is pinned by its commands instead.
 */
export interface PinnedSeed {
  seed: number;
  /** The bug it found. */
  name: string;
}

export const firstSeed = 1;
export const seedCount = 300;
export const stepsPerSeed = 500;

export const pinnedSeeds: readonly PinnedSeed[] = [
  { seed: 74_501_104, name: 'QU5: a transfer that rings has no place, also when its sender has been removed' },
  { seed: 5580, name: 'LR2: an answer in one channel changes the last receptionist of the other' },
  { seed: 6164, name: 'LR3: one held for two reasons is looked at again when its last receptionist is full' },
  {
    seed: 123,
    name: 'I9: a flagged conversation rings once in each moment of an agent, and that is not twice a round',
  },
  { seed: 30157, name: 'RD4: whoever is set up under the id of a removed agent is somebody else' },
  { seed: 100223, name: 'I1: a sender takes back by force what they are handing over' },
  { seed: 40788, name: 'I8: one put aside whose hold begins does not hide the next one' },
  { seed: 316, name: 'TR2: handed over unanswered and back, and its time to answer ran on' },
  { seed: 504, name: 'CH1: what comes back from a transfer of a removed sender is nobody’s turn' },
];

export interface PinnedCommands {
  name: string;
  commands: readonly Command[];
}

const groups = [{ groupId: 'Sales', priority: 1 }];
const holding = { agentPriority: true, priorityHoldSeconds: 60, lastReceptionist: true };

/** Ana has the best priority in Sales and is online and full; Mei's last receptionist Chen is in another group. */
const anaIsFull: readonly Command[] = [
  { type: 'settings.update', at: 1_000, settings: { routing: holding, reception: { roundPauseSeconds: 100 } } },
  { type: 'group.put', at: 1_000, groupId: 'Sales', name: 'Sales' },
  { type: 'agent.put', at: 1_000, agentId: 'Chen', name: 'Chen', capacity: 1, groups },
  { type: 'agent.connect', at: 1_000, agentId: 'Chen' },
  { type: 'agent.status', at: 1_000, agentId: 'Chen', status: 'online' },
  { type: 'conversation.open', at: 1_000, conversationId: 'before', customerId: 'Mei', groupId: 'Sales' },
  { type: 'offer.accept', at: 1_000, agentId: 'Chen', offerId: 'o1' },
  { type: 'message.sent', at: 1_000, conversationId: 'before', from: 'agent' },
  { type: 'conversation.close', at: 1_000, conversationId: 'before', by: 'agent' },
  { type: 'agent.put', at: 1_000, agentId: 'Chen', name: 'Chen', capacity: 1, groups: [] },
  { type: 'agent.put', at: 1_000, agentId: 'Ana', name: 'Ana', capacity: 1, groups },
  { type: 'agent.connect', at: 1_000, agentId: 'Ana' },
  { type: 'conversation.open', at: 1_000, conversationId: 'full', customerId: 'Lin', groupId: 'Sales' },
  { type: 'conversation.claim', at: 1_000, agentId: 'Ana', conversationId: 'full' },
];
const anaIsOnline: Command = { type: 'agent.status', at: 2_000, agentId: 'Ana', status: 'online' };

function comes(agentId: string, priority: number): Command[] {
  return [
    { type: 'agent.put', at: 2_000, agentId, name: agentId, capacity: 1, groups: [{ groupId: 'Sales', priority }] },
    { type: 'agent.connect', at: 2_000, agentId },
    { type: 'agent.status', at: 2_000, agentId, status: 'online' },
  ];
}

export const pinnedCommands: readonly PinnedCommands[] = [
  {
    name: 'TM1: a sender who is away hands the last one over, and nothing is left to wait for',
    commands: [
      { type: 'group.put', at: 1_000, groupId: 'Sales', name: 'Sales' },
      { type: 'agent.put', at: 1_000, agentId: 'Ana', name: 'Ana', capacity: 1, groups },
      { type: 'agent.put', at: 1_000, agentId: 'Chen', name: 'Chen', capacity: 2, groups },
      { type: 'agent.connect', at: 1_000, agentId: 'Ana' },
      { type: 'agent.connect', at: 1_000, agentId: 'Chen' },
      { type: 'agent.status', at: 1_000, agentId: 'Chen', status: 'online' },
      { type: 'conversation.open', at: 2_000, conversationId: 'talk', customerId: 'Mei', groupId: 'Sales' },
      { type: 'conversation.claim', at: 3_000, agentId: 'Ana', conversationId: 'talk', force: true },
      { type: 'agent.disconnect', at: 4_000, agentId: 'Ana' },
      { type: 'conversation.transfer', at: 9_000, agentId: 'Ana', conversationId: 'talk', to: { agentId: 'Chen' } },
    ],
  },
  {
    name: 'I7: what is held is not stuck when nobody could have it in between',
    commands: [
      ...anaIsFull,
      ...comes('Dora', 3),
      { type: 'conversation.open', at: 2_000, conversationId: 'talk', customerId: 'Bo', groupId: 'Sales' },
      { type: 'offer.decline', at: 2_000, agentId: 'Dora', offerId: 'o2' },
      anaIsOnline,
      ...comes('Ben', 2),
      { type: 'agent.status', at: 3_000, agentId: 'Ben', status: 'busy' },
      { type: 'tick', at: 12_000 },
      { type: 'agent.status', at: 13_000, agentId: 'Ben', status: 'online' },
      { type: 'agent.status', at: 14_000, agentId: 'Ana', status: 'busy' },
    ],
  },
  {
    name: 'I7: a last receptionist who joins the group gets what is held there for a better agent',
    commands: [
      ...anaIsFull,
      anaIsOnline,
      ...comes('Ben', 2),
      { type: 'conversation.open', at: 2_000, conversationId: 'first', customerId: 'Bo', groupId: 'Sales' },
      { type: 'conversation.open', at: 2_000, conversationId: 'talk', customerId: 'Mei', groupId: 'Sales' },
      ...comes('Chen', 2),
    ],
  },
];
