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
