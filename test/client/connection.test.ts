import { describe, expect, it } from 'vitest';
import type { Answer } from '../../shared/client/answer';
import { reconnectDelayMs, reconnectMaxMs } from '../../shared/client/backoff';
import { type Connection, createConnection } from '../../shared/client/connection';
import { deadAfterMs, pingEveryMs } from '../../shared/client/heartbeat';
import { outboxEntriesMax } from '../../shared/client/outbox';
import type { AgentWire } from '../../shared/client/wire';
import { closeCodes } from '../../shared/protocol/close-codes';
import { utf8Length } from '../../shared/utf8-length';
import { countingRandom, FakeTransport, HandClock, memoryStorage } from './wire';

function setUp({ storage = memoryStorage(), random = countingRandom() } = {}) {
  const clock = new HandClock();
  const transport = new FakeTransport();
  const events: unknown[] = [];
  const answers: [string, boolean][] = [];
  const pauses: boolean[] = [];
  const connection: Connection<AgentWire> = createConnection<AgentWire>({
    transport,
    clock,
    random,
    storage,
    url: 'ws://127.0.0.1:1/ws',
    deviceId: 'd1',
    proto: 1,
    hello: () => ({ role: 'agent', auth: { kind: 'token', token: 't'.repeat(20) }, deviceLabel: 'test' }),
    on: {
      link: () => {},
      welcome: () => {},
      event: (event) => events.push(event),
      caughtUp: () => {},
      answered: (entry, answer) => answers.push([entry.cid, answer.ok]),
      paused: (isPaused) => pauses.push(isPaused),
    },
  });
  const say = (text: string) => connection.send({ op: 'message.send', conversationId: 'c1', text });
  return { clock, transport, connection, events, answers, pauses, storage, say };
}

function event(seq: number, prev: number) {
  return { type: 'event', seq, prev, at: 0, name: 'group.removed', groupId: `g${seq}` };
}

describe('signing in', () => {
  it('says hello with everything wanted, and is up only when caught up', () => {
    const { connection, transport } = setUp();
    connection.start();
    expect(connection.link.state).toBe('connecting');
    transport.line.welcome({}, false);
    expect(transport.line.sent[0]).toMatchObject({ type: 'hello', proto: 1, deviceId: 'd1', since: null, lastN: 0 });
    expect(connection.link.state).toBe('connecting');
    transport.line.receive({ type: 'caughtUp', seq: 10 });
    expect(connection.link.state).toBe('up');
  });

  it('gives up on a hub that opens and stays silent', () => {
    const { connection, transport, clock } = setUp();
    connection.start();
    transport.line.opened();
    clock.move(15_000);
    expect(transport.lines[0]!.closedByClient).toBe(true);
    expect(connection.link.state).toBe('down');
  });

  it('comes back no sooner than the hub has said, however much is written meanwhile', () => {
    const { connection, transport, clock, say } = setUp();
    connection.start();
    transport.line.opened();
    const now = { retryAfterMs: 50_000 };
    transport.line.receive({ type: 'refused', cid: 'hello', code: 'hubFull', message: 'later', now });
    transport.line.lose(closeCodes.hubFull);
    expect(connection.link).toMatchObject({ state: 'down', reason: 'hubFull' });
    say('still there?');
    clock.move(49_999);
    expect(transport.lines).toHaveLength(1);
    clock.move(1);
    expect(transport.lines).toHaveLength(2);
  });

  it('ignores what it does not understand', () => {
    const { connection, transport } = setUp();
    connection.start();
    transport.line.welcome();
    for (const text of ['', 'null', '[]', '"x"', '{"type":"weather"}', '{']) transport.line.receiveText(text);
    expect(connection.link.state).toBe('up');
  });
});

describe('commands', () => {
  it('are numbered in order, and done only when the hub says so', async () => {
    const { connection, transport, say } = setUp();
    connection.start();
    transport.line.welcome({ lastN: 7 });
    const first = say('one');
    const second = say('two');
    expect(transport.line.commands().map((frame) => frame.n)).toEqual([8, 9]);
    expect(connection.outbox).toHaveLength(2);
    transport.line.receive({ type: 'ack', cid: first.cid, seq: 11 });
    transport.line.receive({ type: 'refused', cid: second.cid, code: 'conversationClosed', message: 'It has ended.' });
    expect(await first.answer).toEqual({ ok: true, seq: 11 });
    expect(await second.answer).toMatchObject({ ok: false, code: 'conversationClosed' });
    expect(connection.outbox).toHaveLength(0);
  });

  it('are resent in order after a drop, with the number of what the hub had executed kept', () => {
    const { connection, transport, clock, say, answers } = setUp();
    connection.start();
    transport.line.welcome();
    const sent = [say('one'), say('two'), say('three')].map(({ cid }) => cid);
    transport.line.lose();
    sent.push(say('four, said while down').cid);
    clock.move(reconnectMaxMs);
    // The hub had executed the first two; their answers were lost.
    transport.line.welcome({ lastN: 2, mode: 'resume' });
    const again = transport.line.commands();
    expect(again.map((frame) => frame.cid)).toEqual(sent);
    expect(again.map((frame) => frame.n)).toEqual([1, 2, 3, 4]);
    for (const [i, cid] of sent.entries()) transport.line.receive({ type: 'ack', cid, seq: 20 + i, dup: i < 2 });
    expect(answers).toEqual(sent.map((cid) => [cid, true]));
  });

  it('that came too fast come again by themselves, in order and with their numbers', () => {
    const { connection, transport, clock, say, answers, pauses } = setUp();
    connection.start();
    transport.line.welcome();
    const sent = [say('one'), say('two'), say('three')].map(({ cid }) => cid);
    transport.line.receive({ type: 'ack', cid: sent[0], seq: 11 });
    for (const cid of sent.slice(1))
      transport.line.receive({
        type: 'refused',
        cid,
        code: 'rateLimited',
        message: 'wait',
        now: { retryAfterMs: 2_000 },
      });
    sent.push(say('four, said meanwhile').cid);
    expect(connection.outbox.map(({ cid }) => cid)).toEqual(sent.slice(1));
    clock.move(1_999);
    expect(transport.line.commands()).toHaveLength(3);
    clock.move(1);
    expect([pauses, answers]).toEqual([[true, false], [[sent[0], true]]]);
    // One at a time: as many as before would only be refused again.
    for (const [index, cid] of sent.slice(1).entries()) {
      const again = transport.line.commands().slice(3);
      expect(again.map((frame) => [frame.cid, frame.n])).toEqual(
        sent.slice(1, 2 + index).map((each, at) => [each, at + 2]),
      );
      transport.line.receive({ type: 'ack', cid, seq: 12 + index });
    }
  });

  it('that wait for a pause go over the next line at once when this one dies', () => {
    const { connection, transport, clock, say, pauses } = setUp();
    connection.start();
    transport.line.welcome();
    const { cid } = say('one');
    transport.line.receive({
      type: 'refused',
      cid,
      code: 'rateLimited',
      message: 'wait',
      now: { retryAfterMs: 60_000 },
    });
    transport.line.lose();
    clock.move(reconnectMaxMs);
    transport.line.welcome({ mode: 'resume' });
    expect(transport.line.commands().map((frame) => frame.cid)).toEqual([cid]);
    expect(pauses).toEqual([true, false]);
  });

  it('are answered by the echo of their message, too, and by nothing else then', async () => {
    const { connection, transport, events, say } = setUp();
    connection.start();
    transport.line.welcome({ seq: 10 });
    const { cid, answer } = say('one');
    const next = say('two');
    const message = { messageId: '11.1', cid, text: 'one' };
    transport.line.receive({ ...event(11, 10), name: 'message.added', cid, message });
    expect(await answer).toEqual({ ok: true, seq: 11 });
    expect(events).toHaveLength(1);
    // By the message's own `cid` alone it is not: a catch-up has that, too, and a result may follow.
    transport.line.receive({ ...event(12, 11), name: 'message.added', message: { ...message, cid: next.cid } });
    expect(connection.outbox).toHaveLength(1);
  });

  it('take a repeated answer once', () => {
    const { connection, transport, say, answers } = setUp();
    connection.start();
    transport.line.welcome();
    const { cid } = say('one');
    transport.line.receive({ type: 'ack', cid, seq: 11 });
    transport.line.receive({ type: 'ack', cid, seq: 11, dup: true });
    expect(answers).toEqual([[cid, true]]);
  });

  it('survive a reload of the page, with their numbers', () => {
    const before = setUp();
    before.connection.start();
    before.transport.line.welcome();
    const { cid } = before.say('kept');
    const after = setUp({ storage: memoryStorage(before.storage.text), random: () => 0.25 });
    after.connection.start();
    after.transport.line.welcome({ lastN: 1 });
    expect(after.transport.line.commands()).toMatchObject([{ cid, n: 1, op: 'message.send', text: 'kept' }]);
  });

  it('start empty when the storage holds nonsense', () => {
    for (const text of ['{', 'null', '{"entries":3}', '{"lastN":"x","entries":[{"cid":1}]}']) {
      const { connection } = setUp({ storage: memoryStorage(text) });
      expect(connection.outbox).toHaveLength(0);
    }
  });

  it('that mean something on one line only are neither kept nor resent, and leave no gap', async () => {
    const { connection, transport, clock, storage, say } = setUp();
    const watch = () => connection.send({ op: 'conversation.watch', conversationId: 'c1' }, { fleeting: true });
    expect(await watch().answer).toMatchObject({ ok: false, code: 'linkLost' });
    connection.start();
    transport.line.welcome();
    const watched = watch();
    say('one');
    expect(storage.text).not.toContain('conversation.watch');
    transport.line.lose();
    expect(await watched.answer).toMatchObject({ ok: false, code: 'linkLost' });
    clock.move(reconnectMaxMs);
    transport.line.welcome({ lastN: 0 });
    expect(transport.line.commands()).toMatchObject([{ op: 'message.send', n: 1 }]);
  });

  it('are refused here when too many wait', async () => {
    const { say } = setUp();
    let last: Promise<Answer> | null = null;
    for (let i = 0; i <= outboxEntriesMax; i += 1) last = say(`${i}`).answer;
    expect(await last).toMatchObject({ ok: false, code: 'outboxFull' });
  });
});

describe('a session that is ended and begun again', () => {
  it('sends what had no answer', () => {
    const { connection, transport, say } = setUp();
    connection.start();
    transport.line.welcome();
    const { cid } = say('one');
    connection.stop();
    connection.start();
    transport.line.welcome();
    expect(transport.line.commands()).toMatchObject([{ cid, n: 1 }]);
  });
});

describe('a frame that the hub does not take', () => {
  /** Six bytes each in JSON: within the characters of a message, beyond the bytes of a customer's frame. */
  const escaped = (count: number) => '\u001b'.repeat(count);

  it('is measured before it goes out, and fails alone', async () => {
    const { connection, transport, say } = setUp();
    connection.start();
    transport.line.welcome();
    const large = say(escaped(11_000));
    const small = say('one');
    expect(await large.answer).toMatchObject({ ok: false, code: 'frameTooLarge' });
    expect(transport.line.commands()).toMatchObject([{ cid: small.cid, n: 1 }]);
    expect(connection.outbox).toHaveLength(1);
  });

  it('is measured in bytes of UTF-8, up to the last one', () => {
    for (const text of ['plain', 'é', '消息', '😀', 'a\u0000\u2028'])
      expect(utf8Length(text)).toBe(Buffer.byteLength(text));
  });

  it('kept by a page from before it was measured is not sent', () => {
    const body = { op: 'message.send', conversationId: 'c1', text: escaped(11_000) };
    const entries = [{ cid: 'large', n: 1, at: 1, body }];
    const storage = memoryStorage(JSON.stringify({ lastN: 1, lastAnsweredN: 0, entries }));
    const { connection, transport, answers } = setUp({ storage });
    connection.start();
    transport.line.welcome();
    expect(transport.line.commands()).toEqual([]);
    expect(answers).toEqual([['large', false]]);
    expect(storage.text).not.toContain('large');
  });

  it.each([closeCodes.badFrame, closeCodes.frameTooLarge, 1009])('is not sent again after a close with %i', (code) => {
    const { connection, transport, clock, say, answers } = setUp();
    connection.start();
    transport.line.welcome();
    const bad = say('bad');
    transport.line.lose(code);
    const next = say('good');
    clock.move(reconnectMaxMs);
    transport.line.welcome();
    expect(answers).toEqual([[bad.cid, false]]);
    expect(transport.line.commands()).toMatchObject([{ cid: next.cid, n: 1 }]);
  });

  it('is found among several by sending them singly, and no other fails', () => {
    const { connection, transport, clock, say, answers } = setUp();
    connection.start();
    transport.line.welcome();
    const [one, bad, three] = ['one', 'bad', 'three'].map((text) => say(text).cid);
    transport.line.lose(closeCodes.badFrame);
    const ack = (cid: string | undefined) => transport.line.receive({ type: 'ack', cid, seq: 11 });
    const sent = () => transport.line.commands().map(({ cid }) => cid);
    clock.move(reconnectMaxMs);
    transport.line.welcome({ lastN: 1 });
    expect(sent()).toEqual([one]);
    ack(one);
    expect(sent()).toEqual([one, bad]);
    transport.line.lose(closeCodes.badFrame);
    clock.move(reconnectMaxMs);
    transport.line.welcome({ lastN: 1 });
    ack(three);
    say('four');
    say('five');
    expect(answers).toEqual([
      [one, true],
      [bad, false],
      [three, true],
    ]);
    expect(sent()).toHaveLength(3);
    expect(connection.outbox).toHaveLength(2);
  });
});

describe('the stream of events', () => {
  it('resumes from the last event held', () => {
    const { connection, transport, clock } = setUp();
    connection.start();
    transport.line.welcome({ seq: 10 });
    transport.line.receive(event(12, 10));
    transport.line.lose();
    clock.move(reconnectMaxMs);
    transport.line.opened();
    expect(transport.line.sent[0]).toMatchObject({ since: { epoch: 1, seq: 12 } });
  });

  it('asks for the rest from where the hub said it was caught up, before any event', () => {
    const { connection, transport, clock } = setUp();
    connection.start();
    transport.line.welcome({ epoch: 4, seq: 10 });
    transport.line.lose();
    clock.move(reconnectMaxMs);
    transport.line.opened();
    expect(transport.line.sent[0]).toMatchObject({ since: { epoch: 4, seq: 10 } });
  });

  it('begins anew in another epoch, and sends what waits after its snapshot', () => {
    const { connection, transport, clock, say } = setUp();
    connection.start();
    transport.line.welcome({ epoch: 1, seq: 10, lastN: 5 });
    transport.line.lose();
    say('kept');
    clock.move(reconnectMaxMs);
    transport.line.welcome({ epoch: 2, seq: 3, lastN: 2 }, false);
    expect(transport.line.commands()).toEqual([]);
    transport.line.receive({ type: 'caughtUp', seq: 3 });
    expect(transport.line.commands()).toMatchObject([{ n: 3, text: 'kept' }]);
    transport.line.receive(event(4, 3));
    transport.line.lose();
    clock.move(reconnectMaxMs);
    transport.line.opened();
    expect(transport.line.sent[0]).toMatchObject({ since: { epoch: 2, seq: 4 } });
  });

  it('asks for everything again when a snapshot broke off', () => {
    const { connection, transport, clock } = setUp();
    connection.start();
    transport.line.welcome({ seq: 10 }, false);
    transport.line.receive(event(10, 0));
    transport.line.lose();
    clock.move(reconnectMaxMs);
    transport.line.opened();
    expect(transport.line.sent[0]).toMatchObject({ since: null });
  });

  it('asks again for what came before it was caught up, however much of that it has', () => {
    const { connection, transport, events } = setUp();
    connection.start();
    transport.line.welcome({ seq: 10 });
    transport.line.lose();
    connection.retryNow();
    transport.line.welcome({ seq: 30, mode: 'resume' }, false);
    // Whatever numbers a hub gives them.
    transport.line.receive(event(10, 10));
    transport.line.receive(event(30, 30));
    expect(events).toHaveLength(2);
    for (let cut = 0; cut < 2; cut += 1) {
      transport.line.lose();
      connection.retryNow();
      transport.line.opened();
      expect(transport.line.sent[0]).toMatchObject({ since: { epoch: 1, seq: 10 } });
    }
  });

  it('begins anew when a snapshot broke off in place of a resume, in whatever epoch', () => {
    const { connection, transport } = setUp();
    connection.start();
    transport.line.welcome({ seq: 10 });
    for (const epoch of [1, 2]) {
      transport.line.lose();
      connection.retryNow();
      transport.line.welcome({ epoch, seq: 40 }, false);
      transport.line.receive(event(40, 40));
      transport.line.lose();
      connection.retryNow();
      transport.line.opened();
      expect(transport.line.sent[0]).toMatchObject({ since: null });
    }
  });

  it('sees a gap, and asks for the rest', () => {
    const { connection, transport, clock, events } = setUp();
    connection.start();
    transport.line.welcome({ seq: 10 });
    transport.line.receive(event(15, 13));
    expect(events).toHaveLength(0);
    expect(transport.lines[0]!.closedByClient).toBe(true);
    clock.move(reconnectMaxMs);
    transport.line.opened();
    expect(transport.line.sent[0]).toMatchObject({ since: { epoch: 1, seq: 10 } });
  });

  it('takes several frames of one message one after the other, up to one that ends the line', () => {
    const { connection, transport, events, say } = setUp();
    connection.start();
    transport.line.opened();
    const welcome = { type: 'welcome', hubId: 'h', epoch: 1, seq: 10, mode: 'snapshot', lastN: 0, serverTime: 0 };
    transport.line.receive([welcome, event(0, 0), { type: 'caughtUp', seq: 10 }, event(11, 10), 7, null]);
    expect(events).toHaveLength(2);
    expect(connection.link.state).toBe('up');
    const { cid } = say('one');
    transport.line.receive([event(12, 11), event(15, 13), { type: 'ack', cid, seq: 15 }]);
    expect(events).toHaveLength(3);
    expect(connection.outbox).toHaveLength(1);
    expect(transport.lines[0]!.closedByClient).toBe(true);
  });

  it('drops a repeat', () => {
    const { connection, transport, events } = setUp();
    connection.start();
    transport.line.welcome({ seq: 10 });
    transport.line.receive(event(11, 10));
    transport.line.receive(event(12, 11));
    transport.line.receive(event(11, 10));
    expect(events).toHaveLength(2);
  });
});

describe('what waits to be sent', () => {
  it('goes out as the hub answers, so that it still knows every answer that is asked for again', () => {
    const { connection, transport, say } = setUp();
    connection.start();
    for (let i = 0; i < 100; i += 1) say(`words ${i}`);
    transport.line.welcome({ seq: 10 });
    const commands = () => transport.line.sent.filter(({ type }) => type === 'command');
    expect(commands()).toHaveLength(32);
    for (let i = 0; i < 100; i += 1) {
      expect(commands().length).toBe(Math.min(100, 32 + i));
      transport.line.receive({ type: 'ack', cid: commands()[i]!.cid, seq: 11 + i });
    }
    expect(commands().map(({ n }) => n)).toEqual(Array.from({ length: 100 }, (_, i) => i + 1));
  });

  it('comes again after a pause when it was too much at once', () => {
    const { connection, transport, clock, say } = setUp();
    connection.start();
    transport.line.welcome({ seq: 10 });
    say('words');
    transport.line.lose(closeCodes.tooManyFrames);
    clock.move(4_999);
    expect(transport.lines).toHaveLength(1);
    clock.move(reconnectMaxMs);
    transport.line.welcome({ seq: 10, mode: 'resume' });
    expect(transport.line.sent.at(-1)).toMatchObject({ type: 'command', text: 'words' });
  });
});

describe('the link', () => {
  it('is pinged every 15 s and dead after 40 s of silence', () => {
    expect([pingEveryMs, deadAfterMs]).toEqual([15_000, 40_000]);
    const { connection, transport, clock } = setUp();
    connection.start();
    transport.line.welcome();
    clock.move(pingEveryMs);
    expect(transport.line.sent.at(-1)).toEqual({ type: 'ping' });
    clock.move(deadAfterMs - pingEveryMs - 1);
    expect(connection.link.state).toBe('up');
    clock.move(1);
    expect(connection.link.state).toBe('down');
    expect(transport.lines[0]!.closedByClient).toBe(true);
  });

  it('stays up while the hub answers', () => {
    const { connection, transport, clock } = setUp();
    connection.start();
    transport.line.welcome();
    for (let i = 0; i < 20; i += 1) {
      clock.move(pingEveryMs);
      transport.line.receive({ type: 'pong', serverTime: 0 });
    }
    expect(connection.link.state).toBe('up');
    expect(transport.lines).toHaveLength(1);
  });

  it('is probed after sleep', () => {
    const { connection, transport, clock } = setUp();
    connection.start();
    transport.line.welcome();
    clock.move(1_000);
    connection.probe();
    expect(transport.line.sent.at(-1)).toEqual({ type: 'ping' });
    clock.move(5_000);
    expect(connection.link.state).toBe('down');
  });

  it('counts a sleep longer than the limit as dead at once', () => {
    const { connection, transport, clock } = setUp();
    connection.start();
    transport.line.welcome();
    clock.sleep(60_000);
    connection.probe();
    expect(connection.link.state).toBe('down');
  });

  it('says since when it is down over several tries, and comes back', () => {
    const { connection, transport, clock } = setUp();
    connection.start();
    transport.line.welcome();
    transport.line.lose();
    const since = clock.now();
    clock.move(reconnectMaxMs);
    transport.line.lose();
    expect(connection.link).toMatchObject({ state: 'down', since, reason: 'lost' });
    clock.move(reconnectMaxMs);
    transport.line.welcome();
    expect(connection.link.state).toBe('up');
  });

  it('tries at once when asked, and never twice at a time', () => {
    const { connection, transport } = setUp();
    connection.start();
    transport.line.lose();
    connection.retryNow();
    expect(transport.lines).toHaveLength(2);
    expect(connection.link).toMatchObject({ state: 'down', retryAt: null });
    connection.retryNow();
    expect(transport.lines).toHaveLength(2);
  });

  it('tries at once when somebody writes, and keeps what they wrote when that fails', () => {
    const { connection, transport, say } = setUp();
    connection.start();
    transport.line.welcome();
    transport.line.lose();
    const { cid } = say('are you there?');
    expect(transport.lines).toHaveLength(2);
    say('hello?');
    expect(transport.lines).toHaveLength(2);
    transport.line.lose();
    say('hello again');
    expect(transport.lines).toHaveLength(3);
    transport.line.welcome();
    expect(transport.line.commands().map((frame) => frame.text)).toEqual(['are you there?', 'hello?', 'hello again']);
    expect(transport.line.commands()[0]).toMatchObject({ cid });
  });

  it.each(['takenOver', 'tokenRevoked', 'versionMismatch', 'signInRefused', 'deviceInUse'] as const)(
    'does not come back by itself after %s',
    (name) => {
      const { connection, transport, clock } = setUp();
      connection.start();
      transport.line.welcome();
      transport.line.lose(closeCodes[name]);
      expect(connection.link).toMatchObject({ state: 'refused', reason: name });
      clock.move(10 * 60_000);
      expect(transport.lines).toHaveLength(1);
      connection.retryNow();
      expect(transport.lines).toHaveLength(2);
    },
  );

  it('ignores the late callbacks of an old line', () => {
    const { connection, transport, clock, events } = setUp();
    connection.start();
    const old = transport.line;
    old.welcome();
    old.lose();
    clock.move(reconnectMaxMs);
    transport.line.welcome();
    old.receive(event(11, 10));
    old.lose(closeCodes.takenOver);
    expect(events).toHaveLength(0);
    expect(connection.link.state).toBe('up');
  });

  it('is left for good by stop', async () => {
    const { connection, transport, clock, say } = setUp();
    connection.start();
    transport.line.welcome();
    const { answer } = say('one');
    connection.stop();
    expect(transport.line.closedByClient).toBe(true);
    expect(await answer).toMatchObject({ ok: false, code: 'stopped' });
    clock.move(10 * 60_000);
    expect(transport.lines).toHaveLength(1);
  });
});

describe('waiting before the next try', () => {
  it('is anywhere from 0.5 s to what doubles with every try, 30 s at most', () => {
    const ends = (attempt: number) => [0, 0.5, 0.999_999].map((random) => reconnectDelayMs(attempt, random));
    expect(ends(0)).toEqual([500, 750, 1_000]);
    expect(ends(3)).toEqual([500, 4_250, 8_000]);
    expect(ends(5)).toEqual([500, 15_250, 30_000]);
    expect(ends(1_000)).toEqual([500, 15_250, 30_000]);
  });

  it('grows while tries fail and starts small after a good line', () => {
    const { connection, transport, clock } = setUp({ random: () => 0.999_999 });
    const pause = () => (connection.link.state === 'down' ? (connection.link.retryAt ?? 0) - clock.now() : 0);
    connection.start();
    const pauses: number[] = [];
    for (let i = 0; i < 4; i += 1) {
      transport.line.lose();
      pauses.push(pause());
      clock.move(pause());
    }
    expect(pauses).toEqual([1_000, 2_000, 4_000, 8_000]);
    transport.line.welcome();
    transport.line.lose();
    expect(pause()).toBe(16_000);
    clock.move(16_000);
    transport.line.welcome();
    clock.move(10_000);
    transport.line.lose();
    expect(pause()).toBe(1_000);
  });
});

describe("the hub's time", () => {
  it('is taken from welcome, pong (less half the way) and events', () => {
    const { connection, transport, clock } = setUp();
    connection.start();
    transport.line.welcome({ serverTime: 5_000_000 });
    expect(connection.hubNow()).toBe(5_000_000);
    clock.move(1_000);
    expect(connection.hubNow()).toBe(5_001_000);
    connection.probe();
    clock.move(200);
    transport.line.receive({ type: 'pong', serverTime: 6_000_000 });
    expect(connection.hubNow()).toBe(6_000_100);
    transport.line.receive({ ...event(11, 10), at: 6_030_000 });
    expect(connection.hubNow()).toBe(6_030_000);
    transport.line.receive({ ...event(12, 11), at: 1 });
    expect(connection.hubNow()).toBe(6_030_000);
  });
});
