// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from 'vitest';
import { outboxEntriesMax } from '../../shared/client/outbox';
import { closeCodes } from '../../shared/protocol/close-codes';
import { createStage, type Stage } from './page-stage';

let stage: Stage;
beforeEach(() => {
  stage = createStage();
});

describe('a lost line', () => {
  it('is said, and what is written meanwhile goes out once, in order, when it is back', () => {
    stage.welcome();
    stage.conversation();
    stage.line.lose();
    expect(stage.text()).toContain('Reconnecting, nothing is lost');
    stage.say('one');
    stage.say('two');
    expect(stage.text()).toContain('Not sent yet, waiting for the connection');
    stage.clock.move(60_000);
    stage.welcome({ mode: 'resume' });
    expect(stage.commands().map((command) => command.text)).toEqual(['one', 'two']);
    expect(stage.text()).not.toContain('Reconnecting');
    expect(stage.text()).toContain('Sending …');
  });

  it('for so long that no more can be kept is told truthfully', async () => {
    const body = { op: 'message.send', text: 'waiting' };
    const entries = Array.from({ length: outboxEntriesMax }, (_, i) => ({ cid: `c${i}`, n: null, at: 1, body }));
    window.sessionStorage.setItem('foyer.outbox', JSON.stringify({ lastN: 0, lastAnsweredN: 0, entries }));
    stage.reload();
    stage.welcome({}, () => stage.conversation());
    stage.say('one too many');
    await Promise.resolve();
    expect(document.querySelectorAll('[data-delivery="sending"]')).toHaveLength(outboxEntriesMax);
    expect(stage.text()).toContain('one too many|Not sent. Too much is waiting');
  });

  it('is not brought about again by words that do not fit one frame: they wait to be edited', async () => {
    const text = '\u001b'.repeat(3_900);
    stage.welcome();
    stage.conversation();
    stage.say(text);
    await Promise.resolve();
    expect(stage.commands()).toEqual([]);
    expect(stage.text()).toContain('This is too much for one message');
    stage.reload();
    stage.welcome({}, () => stage.conversation());
    expect(stage.commands()).toEqual([]);
    stage.button('Edit').click();
    expect(stage.field('Write a message').value).toBe(text);
    expect(stage.text()).not.toContain('too much');
    stage.say('shorter');
    expect(stage.commands()).toMatchObject([{ text: 'shorter' }]);
  });

  it('resends what a reload interrupted, with the same number', () => {
    stage.welcome();
    stage.conversation();
    stage.say('one');
    const first = stage.lastCommand();
    stage.reload();
    expect(stage.text()).not.toContain('one');
    stage.welcome({}, () => stage.conversation());
    expect(stage.lastCommand()).toEqual(first);
    expect(stage.text()).toContain('one|Sending …');
    stage.ack({ messageId: 'm1' });
    expect(stage.text()).toContain('Sent');
  });

  it('shows an opening that a reload interrupted as still under way', () => {
    stage.welcome();
    stage.fill('Your name', 'Jonas');
    stage.fill('Your message', 'Hello');
    stage.button('Start chat').click();
    stage.reload();
    stage.welcome();
    expect(stage.button('Starting …').disabled).toBe(true);
    stage.ack();
    stage.conversation({ stage: 'waiting', position: 1 });
    expect(stage.text()).toContain('1st|You are next');
    expect(stage.text()).toContain('Hello');
  });
});

describe('who the customer is', () => {
  it('is kept: the token for all tabs, the device for this one', () => {
    expect(stage.lines).toHaveLength(1);
    stage.welcome({ token: 'a-token-of-at-least-twenty-characters' });
    const [first] = stage.line.sent;
    expect(first).toMatchObject({
      type: 'hello',
      role: 'customer',
      token: null,
      language: 'en',
      page: null,
      deviceId: 'id-1',
    });
    stage.reload();
    stage.welcome();
    const [second] = stage.line.sent;
    expect(second).toMatchObject({ token: 'a-token-of-at-least-twenty-characters', deviceId: 'id-1' });
  });

  it('is given up only when the person starts afresh', () => {
    stage.welcome({ token: 'a-token-of-at-least-twenty-characters' });
    stage.line.lose(4006);
    expect(stage.text()).toContain('This browser was signed out of the chat.');
    stage.clock.move(600_000);
    expect(stage.lines).toHaveLength(1);
    stage.button('Start a new conversation').click();
    stage.welcome();
    expect(stage.line.sent[0]).toMatchObject({ token: null, deviceId: 'id-2' });
  });
});

it('steps back for another window and comes back on request', () => {
  stage.welcome();
  stage.conversation();
  stage.line.lose(4007);
  expect(stage.text()).toContain('This chat was opened in another window.');
  expect(stage.text()).not.toContain('Write a message');
  stage.clock.move(600_000);
  expect(stage.lines).toHaveLength(1);
  stage.button('Use it here').click();
  expect(stage.lines).toHaveLength(2);
  stage.welcome({}, () => stage.conversation());
  expect(stage.text()).not.toContain('another window');
  expect(stage.field('Write a message')).toBeTruthy();
});

it('says when the page is too old', () => {
  stage.line.opened();
  stage.line.lose(4004);
  expect(stage.text()).toContain('This page is out of date.');
  expect(stage.button('Reload')).toBeTruthy();
});

it('speaks Chinese to a Chinese browser, and remembers another choice', () => {
  stage = createStage({ browserLanguage: 'zh-CN' });
  stage.welcome();
  expect(stage.text()).toContain('开始咨询');
  expect(document.documentElement.lang).toBe('zh-CN');
  stage.button('English').click();
  expect(stage.text()).toContain('Start chat');
  stage.reload();
  stage.welcome();
  expect(stage.text()).toContain('Start chat');
  expect(stage.line.sent[0]).toMatchObject({ language: 'en' });
});

it('counts in the title what came while nobody looked', () => {
  const looking = { hidden: true };
  Object.defineProperty(document, 'hidden', { configurable: true, get: () => looking.hidden });
  stage.welcome({}, () => {
    stage.conversation({ agentName: 'Li' });
    stage.message({ text: 'Before' });
  });
  expect(document.title).toBe('Li · Nordlys');
  stage.message({ text: 'Hi' });
  stage.message({ text: 'Are you there?' });
  expect(document.title).toBe('(2) Li · Nordlys');
  // The hub tells again what was on its way when the line was lost.
  stage.message({ messageId: 'm9', text: 'Still there?' });
  stage.message({ messageId: 'm9', text: 'Still there?' });
  expect(document.title).toBe('(3) Li · Nordlys');
  looking.hidden = false;
  stage.woke();
  expect(document.title).toBe('Li · Nordlys');
});

it.each([
  [
    'en',
    'We can take no messages from here at the moment.',
    'This chat has ended.|You can start a new one at any time.',
  ],
  ['zh', '目前无法接收来自此处的消息。', '会话已结束。|'],
] as const)(
  'who is blocked is told so politely, and their page stays away until they ask again and are let in (%s)',
  (language, sentence, letIn) => {
    const stage = createStage({ browserLanguage: language });
    stage.welcome();
    stage.conversation();
    const blocked = {
      from: { kind: 'system' },
      line: { code: 'blocked', params: { name: 'Li', agentName: 'Li' } },
    } as const;
    stage.message(blocked);
    stage.conversation({ stage: 'closed', closedBy: 'system' });
    stage.line.lose(closeCodes.blocked);
    expect(stage.text()).toContain(sentence);
    expect(stage.text()).not.toContain(letIn);
    const { length } = stage.lines;
    stage.clock.move(60 * 60_000);
    expect(stage.lines).toHaveLength(length);
    stage.reload();
    stage.welcome({}, () => {
      stage.conversation({ stage: 'closed', closedBy: 'system' });
      stage.message(blocked);
    });
    expect(stage.text()).toContain(letIn);
    expect(stage.text()).not.toContain(sentence);
  },
);
