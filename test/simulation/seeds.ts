import type { Command } from '../../shared/routing';

/**
 * What runs in CI: neighbouring seeds, and by name every seed that once broke a rule. A seed lives another life when
 * world.ts changes; what must be kept for good is pinned by its commands instead.
 */
export interface PinnedSeed {
  seed: number;
  /** What it broke. */
  name: string;
}

export const firstSeed = 1;
export const seedCount = 300;
export const stepsPerSeed = 500;

export const pinnedSeeds: readonly PinnedSeed[] = [
  { seed: 5580, name: 'LR2: an answer in one channel changes the last receptionist of the other' },
  { seed: 6164, name: 'LR3: one held for two reasons is looked at again when its last receptionist is full' },
  {
    seed: 123,
    name: 'I9: a flagged conversation rings once in each moment of an agent, and that is not twice a round',
  },
  { seed: 30157, name: 'RD4: whoever is set up under the id of a removed agent is somebody else' },
  { seed: 40788, name: 'I8: one put aside whose hold begins does not hide the next one' },
];

export interface PinnedCommands {
  name: string;
  commands: readonly Command[];
}

const groups = [{ groupId: 'Sales', priority: 1 }];

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
];
