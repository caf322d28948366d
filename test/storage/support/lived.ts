import { parseRecord } from '../../../main/hub/state/message-record';
import type { HubRecord } from '../../../main/hub/state/records';
import { TestHub } from '../../support/hub';

/** A linear congruence: the same numbers from the same seed, everywhere. */
export function seededRandom(seed: number): () => number {
  let state = (Math.imul(seed, 2_654_435_761) ^ 0x9e3779b9) >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const leftMessageOf = (office: TestHub) => [...office.hub.state.leftMessages.all()][0]?.leftMessageId ?? 'none';

async function openOnly(office: TestHub, hour: number): Promise<void> {
  const boss = await office.supervisor('device-boss');
  const from = `${String(hour).padStart(2, '0')}:00`;
  const weekly = [1, 2, 3, 4, 5, 6, 7].map((day) => ({ day, from, to: '24:00' }));
  const hours = { timeZone: 'Asia/Shanghai', weekly, holidays: [] };
  boss.command({ op: 'group.put', groupId: office.groupId, name: 'Chat', hours });
  boss.leave();
}

/**
 * What a hub records while an office lives: customers come, write, leave and leave messages, agents answer,
 * hours change and go by.
 */
export async function livedRecords(seed: number, steps: number): Promise<HubRecord[]> {
  const random = seededRandom(seed);
  const office = await TestHub.start({ seed });
  await office.settings({ reception: { automatic: seed % 2 === 0 } });
  const agents = [await office.online('Ana'), await office.online('Ben')];
  const customers = [await office.customer('Mei', { text: 'Hello 你好' }), await office.customer('Li')];
  for (let step = 0; step < steps; step += 1) {
    const customer = customers[Math.floor(random() * customers.length)]!;
    const agent = agents[Math.floor(random() * agents.length)]!;
    const talk = agent.conversation;
    const what = random();
    if (what < 0.3) customer.command({ op: 'message.send', text: `question ${step}` });
    else if (what < 0.4) customer.command({ op: 'conversation.open', name: `Guest ${step}`, text: 'Again' });
    else if (what < 0.5) customer.command({ op: 'conversation.leave' });
    else if (what < 0.6 && talk?.offerId) agent.command({ op: 'offer.accept', offerId: talk.offerId });
    else if (what < 0.75 && talk)
      agent.command({ op: 'message.send', conversationId: talk.conversationId, text: `answer ${step}` });
    else if (what < 0.8) agent.command({ op: 'status.set', status: random() < 0.7 ? 'online' : 'shortBreak' });
    else if (what < 0.83) await office.settings({ wrapUpSeconds: Math.floor(random() * 30) });
    else if (what < 0.86)
      customer.command({ op: 'message.leave', name: 'Mei', contact: 'at home', text: `left ${step}` });
    else if (what < 0.87) agent.command({ op: 'leftMessage.done', leftMessageId: leftMessageOf(office) });
    else if (what < 0.89) await openOnly(office, Math.floor(random() * 12));
    else office.advance(Math.floor(random() ** 3 * 3_000_000));
  }
  return office.store.disk.lines.map(parseRecord);
}

/** Two conversations end; Li rates hers at 3, and Mei hers at 2 and then at 5, long after the rig has archived them. */
export async function ratedRecords(): Promise<HubRecord[]> {
  const office = await TestHub.start();
  const ana = await office.online('Ana');
  const ended = async (name: string) => {
    const customer = await office.customer(name, { text: `Hello from ${name}` });
    const { conversationId, offerId } = ana.conversations.find(({ stage }) => stage === 'offered')!;
    ana.command({ op: 'offer.accept', offerId });
    ana.command({ op: 'conversation.close', conversationId });
    return (score: number, comment: string) =>
      customer.command({ op: 'conversation.rate', conversationId, score, comment });
  };
  const [mei, li] = [await ended('Mei'), await ended('Li')];
  const later = () => {
    office.advance(3_600_000);
    ana.command({ op: 'status.set', status: 'busy' });
    ana.command({ op: 'status.set', status: 'online' });
  };
  later();
  li(3, 'fine');
  mei(2, 'a first secret');
  later();
  mei(5, 'a second secret');
  return office.store.disk.lines.map(parseRecord);
}
