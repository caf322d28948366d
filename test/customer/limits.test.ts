// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from 'vitest';
import { closeCodes } from '../../shared/protocol/close-codes';
import { createStage, type Stage } from './page-stage';

let stage: Stage;
beforeEach(() => {
  stage = createStage();
  stage.line.opened();
});

function turnedAway(code: 'hubFull' | 'tooManyLines') {
  stage.line.receive({ type: 'refused', cid: 'hello', code, message: 'later', now: { retryAfterMs: 20_000 } });
  stage.line.lose(closeCodes[code]);
}

describe('too much at once', () => {
  it('a hub that is full is said from the start, and the page comes back by itself', () => {
    turnedAway('hubFull');
    expect(stage.text()).toContain('Very many people are writing to us right now. We connect you');
    stage.clock.move(20_000);
    stage.line.opened();
    stage.welcome();
    expect(stage.text()).not.toContain('Very many people');
    expect(stage.button('Start chat')).toBeDefined();
  });

  it('too many lines are said above the conversation, in the reader’s language', () => {
    stage.welcome();
    stage.conversation();
    turnedAway('tooManyLines');
    expect(stage.text()).toContain('There are very many connections from where you are.');
    stage.button('中文').click();
    expect(stage.text()).toContain('您所在网络的连接过多');
  });

  it('words that came too fast wait where they are, and go out by themselves', () => {
    stage.welcome();
    stage.conversation();
    stage.say('one');
    stage.say('two');
    const [, two] = stage.commands();
    stage.ack();
    const now = { retryAfterMs: 2_000 };
    stage.line.receive({ type: 'refused', cid: two!.cid, code: 'rateLimited', message: 'later', now });
    expect(stage.text()).toContain('That was a little fast.');
    expect(stage.text()).toContain('two');
    expect(stage.text()).not.toContain('Not sent.');
    stage.clock.move(2_000);
    expect(stage.text()).not.toContain('That was a little fast.');
    expect(stage.lastCommand()).toMatchObject({ cid: two!.cid, text: 'two' });
  });

  it.each([
    ['hubFull', 'Very many people are writing to us right now.'],
    ['tooManyConversations', 'Many chats were started from where you are.'],
  ])('%s at the form keeps the words for another try', (code, sentence) => {
    stage.welcome();
    stage.fill('Your name', 'Li Wei');
    stage.fill('Your message', 'Hello');
    stage.button('Start chat').click();
    stage.refuse(code);
    expect(stage.text()).toContain(sentence);
    expect(stage.field('Your message').value).toBe('Hello');
    stage.button('Start chat').click();
    expect(stage.lastCommand()).toMatchObject({ op: 'conversation.open', name: 'Li Wei', text: 'Hello' });
  });
});
