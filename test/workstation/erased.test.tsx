// @vitest-environment happy-dom
import { Notifications } from '@mantine/notifications';
import { act } from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ChatPage } from '../../renderer/workstation/chat/ChatPage';
import { createPageStorage, type PageStorage } from '../../renderer/workstation/services/page-storage';
import { createSession } from '../../renderer/workstation/session/session';
import { Notices } from '../../renderer/workstation/shell/Notices';
import { defaultSettings } from '../../shared/routing/settings';
import { createFakeTransfer } from '../client/fake-transfer';
import { countingRandom, FakeTransport, HandClock } from '../client/wire';
import { agent, conversation, group, message } from './office';
import { Stage } from './stage';

const mei = { customerId: 'mei', customerName: 'Mei Chen' };
const mine = { stage: 'active', agentId: 'me', preview: 'a secret', note: 'her secret' } as const;

describe('a customer who is erased', () => {
  let stage: Stage;
  afterEach(() => stage.close());

  it('is gone from every part of the desk at once, and what was open says so until it is put away', async () => {
    stage = new Stage(
      <>
        <ChatPage />
        <Notices onOpen={() => {}} />
        <Notifications transitionDuration={0} />
      </>,
    );
    stage.tell(
      { name: 'settings.changed', settings: { ...defaultSettings(), wrapUpSeconds: 60 } },
      { name: 'group.changed', group: group('g1', { name: 'Support' }) },
      { name: 'agent.changed', agent: agent('me', { role: 'supervisor' }) },
      { name: 'agent.changed', agent: agent('ana', { name: 'Ana' }) },
      { name: 'conversation.changed', conversation: conversation('c1', { ...mei, ...mine }) },
      {
        name: 'conversation.changed',
        conversation: conversation('c2', { customerName: 'Li', ...mine, preview: 'hi' }),
      },
    );
    stage.transport.line.receive({ type: 'caughtUp', seq: 20 });
    stage.tell({
      name: 'office.changed',
      office: { name: 'Office', sample: false, diskSpace: 'plenty', tags: [], wrapUpCodes: [] },
    });
    stage.select('c1');
    stage.tell(
      { name: 'conversation.history', conversationId: 'c1', messages: [message('a secret')], earlier: false },
      {
        name: 'leftMessage.added',
        leftMessage: { leftMessageId: 'l1', ...mei, contact: 'mei@', groupId: 'g1', text: 'secret', at: 1 },
      },
      {
        name: 'notice',
        noticeId: 'n1',
        code: 'mentioned',
        conversationId: 'c1',
        params: { name: 'Mei Chen', agent: 'Ana' },
      },
      {
        name: 'notice',
        noticeId: 'n2',
        code: 'agentOffline',
        conversationId: null,
        params: { name: 'Ana', count: '2', customers: 'Li, Mei Chen' },
      },
      { name: 'notice', noticeId: 'n3', code: 'flagged', conversationId: 'c2', params: { name: 'Li' } },
    );
    stage.type('Reply to Mei Chen', 'dear secret');
    stage.press('Transfer');
    await stage.settle();
    expect(stage.text).toMatch(/Mei Chen[\s\S]*secret/);
    stage.tell(
      { name: 'conversation.changed', conversation: conversation('c1', { ...mei, ...mine, stage: 'closed' }) },
      { name: 'conversation.removed', conversationId: 'c1' },
      { name: 'agent.changed', agent: agent('me', { role: 'supervisor', wrapUps: ['c1'] }) },
      { name: 'customers.erased', customerIds: ['mei'] },
    );
    await vi.waitFor(async () => {
      await act(() => new Promise((resolve) => setTimeout(resolve, 0)));
      expect(/.{0,30}(Mei|secret).{0,30}/.exec(document.body.innerHTML)?.[0]).toBeUndefined();
    });
    expect(stage.text).toContain('Erased');
    expect(stage.notices().map(({ code }) => code)).toEqual(['flagged']);
    expect(stage.text).toContain('Li');
    // The new epoch's snapshot leaves it standing.
    stage.drop();
    stage.comeBack();
    stage.tell({
      name: 'conversation.changed',
      conversation: conversation('c2', { customerName: 'Li', ...mine, preview: 'hi' }),
    });
    stage.transport.line.receive({ type: 'caughtUp', seq: 40 });
    expect(stage.text).toContain('Erased');
    stage.press('Put away');
    expect(stage.text).not.toContain('Erased');
  });
});

describe('what a desk keeps of a customer', () => {
  function signedIn(storage: PageStorage) {
    const transport = new FakeTransport();
    const transfer = createFakeTransfer();
    const clock = new HandClock();
    const session = createSession({
      transport,
      transfer,
      clock,
      random: countingRandom(),
      storage,
      url: 'ws://127.0.0.1:1/ws',
      deviceId: 'd1',
      deviceLabel: 'test',
      token: 't'.repeat(20),
      isInFront: () => true,
    });
    session.start();
    transport.line.welcome(
      { agentId: 'me', role: 'agent', token: null, customerUrl: '', serverTime: clock.now() },
      false,
    );
    let seq = 10;
    const event = (body: object) => {
      seq += 1;
      transport.line.receive({ type: 'event', seq, prev: seq - 1, at: clock.now(), ...body });
    };
    const caughtUp = () => transport.line.receive({ type: 'caughtUp', seq });
    return { session, transport, transfer, event, caughtUp };
  }

  const everything = (storage: PageStorage) =>
    ['drafts', 'noteDrafts', 'draftFiles', 'failed.d1', 'outbox.d1', 'customers']
      .map((key) => storage.read(key))
      .join();

  /** A desk with unsent words to Mei and to Li, closed then. */
  async function closedDesk() {
    const storage = createPageStorage(null);
    const { session, transport, transfer, event, caughtUp } = signedIn(storage);
    event({ name: 'conversation.changed', conversation: conversation('c1', { ...mei, ...mine }) });
    event({ name: 'conversation.changed', conversation: conversation('c2', mine) });
    caughtUp();
    for (const [id, words] of [
      ['c1', 'secret'],
      ['c2', 'open'],
    ] as const) {
      session.drafts.reply.write(id, `${words} draft`);
      session.drafts.note.write(id, `${words} note`);
      session.fileDrafts.of(id).add([new File(['x'], `${words}.txt`)]);
      session.reply(id, `${words} refused`);
      const { cid } = transport.line.commands().at(-1)!;
      transport.line.receive({ type: 'refused', cid, code: 'notYours', message: 'no' });
      session.drafts.reply.write(id, `${words} draft`);
    }
    for (const upload of transfer.uploads) upload.resolve();
    await new Promise((resolve) => setTimeout(resolve, 0));
    expect(everything(storage)).toMatch(/secret draft[\s\S]*secret note[\s\S]*secret\.txt[\s\S]*secret refused/);
    return { storage, session, event };
  }

  const openWords = /open draft[\s\S]*open note[\s\S]*open\.txt[\s\S]*open refused/;

  it('is forgotten while it is open', async () => {
    const { storage, session, event } = await closedDesk();
    event({ name: 'customers.erased', customerIds: ['mei'] });
    expect(everything(storage)).not.toMatch(/secret|mei/);
    expect(everything(storage)).toMatch(openWords);
    expect(session.store.getState().sending.map(({ text }) => text)).toEqual(['open refused']);
  });

  it('is forgotten at its next start, though nobody knows the conversation any more', async () => {
    const { storage } = await closedDesk();
    const next = signedIn(storage);
    next.event({ name: 'conversation.changed', conversation: conversation('c2', mine) });
    next.event({ name: 'customers.erased', customerIds: ['somebody', 'mei'] });
    next.caughtUp();
    expect(everything(storage)).not.toMatch(/secret|mei/);
    expect(everything(storage)).toMatch(openWords);
  });
});
