import { expect, test } from 'vitest';
import { TestHub } from '../support/hub';

/** The words of each line of this kind that the customer got: none, empty (the page's own words), or the office's. */
const wordsOf = (client: { messages: { text: string; line: { code: string } | null }[] }, code: string) =>
  client.messages.filter(({ line }) => line?.code === code).map(({ text }) => text);

for (const [setting, wanted] of [
  [null, ['']],
  ['', []],
  ['We are finding you somebody else.', ['We are finding you somebody else.']],
] as const) {
  test(`[RD8] texts.redirected ${JSON.stringify(setting)}: what the customer is told of a redirect`, async () => {
    const office = await TestHub.start();
    await office.settings({ reception: { redirect: { enabled: true } }, texts: { redirected: setting } });
    const ana = await office.online('Ana');
    const mei = await office.customer('Mei');
    const ben = await office.online('Ben');
    office.advance(30_000);
    expect(ben.conversation.stage).toBe('offered');
    expect(wordsOf(mei, 'redirected')).toEqual(wanted);
    expect(wordsOf(ben, 'redirected')).toEqual(wanted);
    expect(ana.notices).toEqual(['redirectedAway']);
  });

  test(`[TR4] texts.silenceNotice ${JSON.stringify(setting)}: what a silent customer is told, and the end`, async () => {
    const office = await TestHub.start();
    await office.settings({ customerSilenceSeconds: 60, texts: { silenceNotice: setting } });
    const ana = await office.online('Ana');
    const mei = await office.customer('Mei');
    ana.command({ op: 'offer.accept', offerId: ana.conversation.offerId });
    ana.command({ op: 'message.send', conversationId: ana.conversation.conversationId, text: 'Hello' });
    office.advance(59_999);
    expect(ana.notices).toEqual([]);
    office.advance(1);
    expect(ana.events('notice')).toMatchObject([{ code: 'customerSilent', params: { name: 'Mei' } }]);
    expect(wordsOf(mei, 'customerSilent')).toEqual(wanted);
    office.advance(60_000);
    expect(mei.conversation).toMatchObject({ stage: 'closed', closedBy: 'system', mayLeaveMessage: false });
    expect(mei.said.at(-1)).toBe('(endedBySystem)');
  });
}

test('[TR4] an answer starts the time anew only with the agent’s next message', async () => {
  const office = await TestHub.start();
  await office.settings({ customerSilenceSeconds: 60 });
  const ana = await office.online('Ana');
  const mei = await office.customer('Mei');
  ana.command({ op: 'offer.accept', offerId: ana.conversation.offerId });
  ana.command({ op: 'message.send', conversationId: ana.conversation.conversationId, text: 'Hello' });
  office.advance(60_000);
  mei.command({ op: 'message.send', text: 'I am here' });
  office.advance(600_000);
  expect(mei.conversation.stage).toBe('active');
});

/** How often Mei was told that she is passed on. */
async function passedOn(settings: object = {}) {
  const office = await TestHub.start();
  await office.settings({ reception: { redirect: { enabled: true }, ...settings } });
  const ana = await office.online('Ana');
  const mei = await office.customer('Mei');
  const told = () => wordsOf(mei, 'redirected').length;
  return { office, ana, mei, told };
}

test('[RD8] with nobody else nothing is said, however often it rings in vain', async () => {
  const { office, mei, told } = await passedOn();
  office.advance(600_000);
  expect([mei.conversation.stage, told()]).toEqual(['waiting', 0]);
});

test('[RD8] said when somebody else comes, with the name of who did not answer, and once however far it goes', async () => {
  const { office, mei, told } = await passedOn({ maxRedirects: 0 });
  office.advance(30_000);
  expect(told()).toBe(0);
  const ben = await office.online('Ben');
  expect(told()).toBe(1);
  expect(mei.messages.at(-1)).toMatchObject({ line: { code: 'redirected', params: { name: 'Ana' } } });
  office.advance(300_000);
  expect(told()).toBe(1);
  expect(ben.conversation).toBeTruthy();
});

test('[RD8] in automatic reception the same; said again after an agent has answered', async () => {
  const { office, ana, mei, told } = await passedOn({ automatic: true });
  const ben = await office.online('Ben');
  ana.command({ op: 'conversation.ack', conversationId: ana.conversation.conversationId });
  office.advance(30_000);
  expect([told(), mei.conversation.agentName]).toEqual([1, 'Ben']);
  const { conversationId } = ben.conversation;
  ben.command({ op: 'message.send', conversationId, text: 'Hello' });
  ben.command({ op: 'conversation.transfer', conversationId, to: { groupId: office.groupId } });
  expect(mei.conversation.agentName).toBe('Ana');
  ana.command({ op: 'conversation.ack', conversationId });
  // Ben has just had it: his turn comes after the pause.
  office.advance(40_000);
  expect([told(), mei.conversation.agentName]).toEqual([2, 'Ben']);
});
