import type { Command } from '../../shared/routing';
import type { Model } from './model';
import type { Random } from './random';

const fields = [
  'agentId',
  'conversationId',
  'groupId',
  'offerId',
  'customerId',
  'to',
  'status',
  'priority',
  'capacity',
];
const types = ['offer.accept', 'offer.decline', 'conversation.claim', 'conversation.transfer', 'conversation.close'];
const moreTypes = ['conversation.open', 'agent.put', 'agent.status', 'message.sent', 'group.remove', 'wrapUp.done'];
const values = [null, undefined, '', 'nobody', -1, 1.5, Number.NaN, {}, [], true, '__proto__', { agentId: 'nobody' }];

/** A command no correct client sends: unknown ids, wrong types, a time that went back (SE3, TM1). */
export function junk(random: Random, model: Model, at: number): Command {
  const known = [...model.agents.keys(), ...model.conversations.keys(), ...model.groups.keys(), ...model.offers.keys()];
  const gone = [...model.closed.keys()].slice(-3);
  const command: Record<string, unknown> = {
    type: random.chance(0.95) ? random.pick([...types, ...moreTypes]) : random.pick(['', 'toString', 'offer', 7, null]),
    at: random.chance(0.9) ? at : random.pick([at - 1, 0, -1, Number.NaN, '9', null, Number.POSITIVE_INFINITY]),
  };
  for (const field of fields) {
    if (random.chance(0.6))
      command[field] = random.chance(0.6) ? random.pick([...known, ...gone, 'x']) : random.pick(values);
  }
  return command as unknown as Command;
}
