import { describe, expect, it } from 'vitest';
import { createPageStorage, type PageStorage } from '../../renderer/workstation/services/page-storage';
import { createSession } from '../../renderer/workstation/session/session';
import { createFakeTransfer } from '../client/fake-transfer';
import { countingRandom, FakeTransport, HandClock } from '../client/wire';
import { conversation, message } from './office';

function signedIn(storage: PageStorage = createPageStorage(null)) {
  const transport = new FakeTransport();
  const clock = new HandClock();
  const session = createSession({
    transport,
    transfer: createFakeTransfer(),
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
  const welcome = (fields: Record<string, unknown> = {}, catchUp: (() => void) | null = null) => {
    const me = { agentId: 'me', role: 'agent', token: null, customerUrl: '' };
    transport.line.welcome({ ...me, serverTime: clock.now(), ...fields }, catchUp === null);
    if (catchUp === null) return;
    catchUp();
    transport.line.receive({ type: 'caughtUp', seq: fields.seq });
  };
  let seq = 10;
  const event = (body: object) => {
    seq += 1;
    transport.line.receive({ type: 'event', seq, prev: seq - 1, at: clock.now(), ...body });
  };
  const own = (text: string, cid: unknown) =>
    event({
      name: 'message.added',
      message: {
        messageId: `m${seq}`,
        cid,
        conversationId: 'c1',
        at: clock.now(),
        from: { kind: 'agent', agentId: 'me', name: 'Me' },
        text,
        line: null,
      },
    });
  const ops = () => transport.line.commands().map((frame) => frame.op);
  const lastCid = () => transport.line.commands().at(-1)?.cid;
  return { session, transport, clock, welcome, event, own, ops, lastCid };
}

const states = ({ session }: ReturnType<typeof signedIn>) =>
  session.store.getState().sending.map(({ text, state }) => [text, state]);

describe('a reply', () => {
  it('is "sending" until the hub has shown it, whichever of ack and event comes first', () => {
    for (const order of ['ack first', 'event first'] as const) {
      const desk = signedIn();
      desk.welcome();
      desk.event({ name: 'conversation.history', conversationId: 'c1', messages: [] });
      desk.session.reply('c1', 'Good morning');
      expect(states(desk)).toEqual([['Good morning', 'sending']]);
      const ack = () => desk.transport.line.receive({ type: 'ack', cid: desk.lastCid(), seq: 11 });
      if (order === 'ack first') ack();
      desk.own('Good morning', desk.lastCid());
      if (order === 'event first') expect(states(desk)).toEqual([]);
      if (order === 'event first') ack();
      expect(states(desk)).toEqual([]);
      expect(desk.session.store.getState().messages.get('c1')).toHaveLength(1);
    }
  });

  it('that is refused stays in place over a reload, with Retry', () => {
    const storage = createPageStorage(null);
    const desk = signedIn(storage);
    desk.welcome();
    desk.session.reply('c1', 'Good morning');
    desk.transport.line.receive({ type: 'refused', cid: desk.lastCid(), code: 'notYours', message: 'no' });
    expect(states(desk)).toEqual([['Good morning', 'failed']]);
    const again = signedIn(storage);
    again.welcome();
    expect(states(again)).toEqual([['Good morning', 'failed']]);
    again.session.retryReply(again.session.store.getState().sending[0]?.cid ?? '');
    expect(states(again)).toEqual([['Good morning', 'sending']]);
    expect(again.ops()).toContain('message.send');
  });

  it('with the same words as another one is another one', () => {
    const desk = signedIn();
    desk.welcome();
    desk.event({ name: 'conversation.history', conversationId: 'c1', messages: [] });
    desk.session.reply('c1', 'One moment');
    const first = desk.lastCid();
    desk.session.reply('c1', 'One moment');
    desk.own('One moment', first);
    expect(states(desk)).toEqual([['One moment', 'sending']]);
    desk.own('One moment', desk.lastCid());
    expect(states(desk)).toEqual([]);
    expect(desk.session.store.getState().messages.get('c1')).toHaveLength(2);
  });

  it.each(['resume', 'snapshot'])('whose answer was lost with the line is shown once from the %s on', (mode) => {
    const desk = signedIn();
    desk.welcome();
    desk.event({ name: 'conversation.history', conversationId: 'c1', messages: [] });
    desk.session.reply('c1', 'Good morning');
    const cid = desk.lastCid();
    desk.transport.line.lose();
    desk.clock.move(30_000);
    const from = { kind: 'agent', agentId: 'me', name: 'Me' };
    const echo = { messageId: 'm1', cid, conversationId: 'c1', at: 1, from, text: 'Good morning', line: null };
    desk.welcome({ mode, lastN: 1, seq: 12 }, () => {
      desk.event({ name: 'conversation.history', conversationId: 'c1', messages: [echo], earlier: false });
    });
    expect(states(desk)).toEqual([]);
    desk.transport.line.receive({ type: 'ack', cid, seq: 11, dup: true });
    expect(desk.session.store.getState().messages.get('c1')).toHaveLength(1);
  });

  it('tells what its writer had seen when it was written without a link, and only then', () => {
    const desk = signedIn();
    desk.welcome();
    const messages = [message('5.1'), message('6.1')];
    desk.event({ name: 'conversation.history', conversationId: 'c1', messages, earlier: false });
    desk.session.reply('c1', 'With a link');
    desk.transport.line.lose();
    desk.session.reply('c1', 'Without one');
    desk.clock.move(30_000);
    desk.welcome({ mode: 'resume', lastN: 1 });
    const sent = desk.transport.lines.flatMap((line) => line.commands()).filter(({ op }) => op === 'message.send');
    expect(sent.find(({ text }) => text === 'With a link')).not.toHaveProperty('after');
    expect(sent.find(({ text }) => text === 'Without one')).toMatchObject({ after: '6.1' });
  });

  it('that was on its way at a reload is neither lost nor shown twice', () => {
    const storage = createPageStorage(null);
    const desk = signedIn(storage);
    desk.welcome();
    desk.session.reply('c1', 'Good morning');
    const cid = desk.lastCid();
    const again = signedIn(storage);
    expect(states(again)).toEqual([['Good morning', 'sending']]);
    again.welcome({ lastN: 1 });
    again.event({ name: 'conversation.history', conversationId: 'c1', messages: [] });
    again.own('Good morning', cid);
    expect(states(again)).toEqual([]);
    again.transport.line.receive({ type: 'ack', cid, seq: 11, dup: true });
    expect(states(again)).toEqual([]);
  });
});

describe('the open conversation', () => {
  const open = (desk: ReturnType<typeof signedIn>, ...ids: string[]) => {
    desk.welcome({ seq: 10 }, () => {
      for (const id of ids) desk.event({ name: 'conversation.changed', conversation: conversation(id) });
    });
  };
  const selected = ({ session }: ReturnType<typeof signedIn>) => session.store.getState().selectedId;

  it('is open again after a reload, and its messages are asked for', () => {
    const storage = createPageStorage(null);
    const desk = signedIn(storage);
    open(desk, 'c1', 'c2');
    desk.session.select('c2');
    const again = signedIn(storage);
    expect(selected(again)).toBe(null);
    open(again, 'c1', 'c2');
    expect(selected(again)).toBe('c2');
    const watch = again.transport.line.commands().find(({ op }) => op === 'conversation.watch');
    expect(watch).toMatchObject({ conversationId: 'c2' });
  });

  it('is not when it is gone, was put away, or another one was opened meanwhile', () => {
    const storage = createPageStorage(null);
    const desk = signedIn(storage);
    open(desk, 'c1', 'c2');
    desk.session.select('c2');
    const gone = signedIn(storage);
    open(gone, 'c1');
    expect(selected(gone)).toBe(null);
    const other = signedIn(storage);
    other.session.select('c1');
    open(other, 'c1', 'c2');
    expect(selected(other)).toBe('c1');
    other.session.select(null);
    const away = signedIn(storage);
    open(away, 'c1', 'c2');
    expect(selected(away)).toBe(null);
  });
});

describe('[AR2] what is put on this desk', () => {
  it('is acknowledged once, and again after a lost line', () => {
    const desk = signedIn();
    desk.welcome();
    const mine = conversation('c1', { stage: 'active', agentId: 'me' });
    desk.event({ name: 'conversation.changed', conversation: mine });
    desk.event({ name: 'conversation.changed', conversation: { ...mine, unanswered: 1 } });
    desk.event({ name: 'conversation.changed', conversation: conversation('c2', { stage: 'active', agentId: 'li' }) });
    expect(desk.ops().filter((op) => op === 'conversation.ack')).toHaveLength(1);
    desk.transport.line.lose();
    desk.clock.move(30_000);
    desk.welcome({ mode: 'resume' });
    expect(desk.ops().filter((op) => op === 'conversation.ack')).toHaveLength(1);
  });
});

describe('the open conversation', () => {
  it('is watched, and watched again on every new line', () => {
    const desk = signedIn();
    desk.welcome();
    desk.session.select('c1');
    expect(desk.transport.line.commands().at(-1)).toMatchObject({ op: 'conversation.watch', conversationId: 'c1' });
    desk.transport.line.lose();
    desk.clock.move(30_000);
    desk.welcome({ mode: 'resume' });
    expect(desk.transport.line.commands()).toMatchObject([{ op: 'conversation.watch', conversationId: 'c1' }]);
  });

  it('that may not be read says why', async () => {
    const desk = signedIn();
    desk.welcome();
    desk.session.select('c1');
    desk.transport.line.receive({ type: 'refused', cid: desk.lastCid(), code: 'notAllowed', message: 'no' });
    await Promise.resolve();
    await Promise.resolve();
    expect(desk.session.store.getState().readProblem).toMatchObject({ conversationId: 'c1', code: 'notAllowed' });
  });
});
