// @vitest-environment happy-dom
import { beforeEach, expect, it } from 'vitest';
import { agentMessage, createStage, type Stage } from './page-stage';

let stage: Stage;
beforeEach(() => {
  stage = createStage();
  stage.welcome({}, () => {
    stage.conversation();
    stage.history(['three', 'four'], true);
  });
});

const order = () => ['one', 'two', 'three', 'four'].filter((text) => stage.text().includes(`|${text}|`));
const earlier = () => stage.button('Show earlier messages');

it('shows the newest of a long conversation, and the earlier ones above them when asked', () => {
  expect(order()).toEqual(['three', 'four']);
  earlier().click();
  expect(stage.lastCommand()).toMatchObject({ op: 'conversation.earlier', before: 'three' });
  expect(earlier().disabled).toBe(true);
  stage.ack({ messages: [agentMessage('one'), agentMessage('two')], earlier: false });
  expect(stage.text()).toMatch(/one.*two.*three.*four/);
  expect(earlier).toThrow();
});

it('can ask again after a refusal or a lost line, and loses nothing by it', () => {
  earlier().click();
  stage.refuse('conversationClosed');
  expect(earlier().disabled).toBe(false);
  earlier().click();
  stage.line.lose();
  expect(earlier().disabled).toBe(true);
  expect(order()).toEqual(['three', 'four']);
});

it('asks for the newest when none of what the hub holds is for the customer', () => {
  stage.reload();
  stage.welcome({}, () => {
    stage.conversation();
    stage.history([], true);
  });
  earlier().click();
  expect(stage.lastCommand()).toMatchObject({ op: 'conversation.earlier', before: '999999999999999.999999' });
  stage.ack({ messages: [agentMessage('one')], earlier: false });
  expect(order()).toEqual(['one']);
});

it('has no such button where there is nothing before', () => {
  stage.reload();
  stage.welcome({}, () => {
    stage.conversation();
    stage.history(['three'], false);
  });
  expect(earlier).toThrow();
});
