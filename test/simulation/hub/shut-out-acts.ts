import { say } from './agent-acts';
import type { Office } from './office';
import type { AgentBody, AgentClient } from './people';

const weights = { block: 3, lift: 2, seeTo: 3, reopen: 3, askAgain: 4 };

/** Three of ten seeds do this, so that the others, among them the pinned ones, are unchanged by these acts. */
const livedBySeeds = new Set([0, 3, 9]);

export function shutsOut(seed: number): boolean {
  return livedBySeeds.has(seed % 10);
}

/** Blocks and unblocks customers, blocked ones try to return, and left messages that were done are reopened. */
export function shutOutAct(office: Office): void {
  const { random, tabs, agents } = office;
  const act = random.weighted(weights);
  if (act === 'askAgain') {
    const out = tabs.filter(({ connection }) => connection.link.state === 'refused');
    if (out.length > 0) random.pick(out).connection.retryNow();
    return;
  }
  const up = agents.filter(({ isUp }) => isUp);
  if (up.length === 0) return;
  const client = random.pick(up);
  const body = choose(office, client, act);
  if (body) say(office, client, body);
}

/** Any agent may try; the hub checks the rights. */
function choose(office: Office, { picture }: AgentClient, act: keyof typeof weights): AgentBody | null {
  const { random, run } = office;
  const { blocks, leftMessages, seenTo } = picture;
  switch (act) {
    case 'block': {
      const customerIds = [...picture.conversations.values()].map(({ customerId }) => customerId);
      if (customerIds.length === 0) return null;
      const forMs = random.pick([60_000, 600_000, 3_600_000, null]);
      const note = `note#${office.nextNumber()}`;
      return { op: 'customer.block', customerId: random.pick(customerIds), forMs, address: random.chance(0.3), note };
    }
    case 'lift':
      return blocks.length > 0 ? { op: 'block.lift', blockId: random.pick(blocks).blockId } : null;
    case 'seeTo':
      return leftMessages.size > 0
        ? { op: 'leftMessage.done', leftMessageId: random.pick([...leftMessages.keys()]) }
        : null;
    case 'reopen':
      return seenTo.size > 0
        ? { op: 'leftMessage.reopen', leftMessageId: random.pick([...seenTo]), endedAt: run.time.now() }
        : null;
    default:
      return null;
  }
}
