// @vitest-environment happy-dom
import { beforeEach, expect, it } from 'vitest';
import { createStage, type Stage } from './page-stage';

let stage: Stage;
beforeEach(() => {
  stage = createStage();
  stage.welcome({}, () => {
    stage.conversation({ agentName: 'Li' });
    stage.history(['Hello'], false);
  });
});

const signals = (type: string) => stage.line.sent.filter((frame) => frame.type === type);
const typing = () => stage.text().includes('Li is typing');

it('tells that the customer types, without a word of it, and not of a draft that came back', () => {
  stage.fill('Write a message', 'My num');
  stage.fill('Write a message', 'My number');
  expect(signals('typing')).toEqual([{ type: 'typing', on: true }]);
  stage.fill('Write a message', '');
  expect(signals('typing')).toEqual([
    { type: 'typing', on: true },
    { type: 'typing', on: false },
  ]);
  stage.fill('Write a message', 'A draft');
  stage.reload();
  stage.welcome({}, () => stage.conversation({ agentName: 'Li' }));
  expect(stage.field('Write a message').value).toBe('A draft');
  expect(signals('typing')).toEqual([]);
});

it('shows who types until their words come, or nothing comes', () => {
  expect(typing()).toBe(false);
  stage.line.receive({ type: 'typing', on: true });
  expect(typing()).toBe(true);
  stage.message({ text: 'Here I am' });
  expect(typing()).toBe(false);
  stage.line.receive({ type: 'typing', on: true });
  stage.clock.move(6_000);
  expect(typing()).toBe(false);
  stage.line.receive({ type: 'typing', on: true });
  stage.conversation({ stage: 'closed', closedBy: 'agent' });
  expect(typing()).toBe(false);
});

it('tells how far the customer has read: at once, then at most every two seconds, anew on a new line', () => {
  expect(signals('seen')).toEqual([{ type: 'seen', messageId: 'Hello' }]);
  stage.message({ messageId: 'a' });
  stage.message({ messageId: 'b' });
  expect(signals('seen')).toHaveLength(1);
  stage.clock.move(1_999);
  expect(signals('seen')).toHaveLength(1);
  stage.clock.move(1);
  expect(signals('seen').slice(1)).toEqual([{ type: 'seen', messageId: 'b' }]);
  stage.clock.move(10_000);
  expect(signals('seen')).toHaveLength(2);
  stage.line.lose();
  stage.clock.move(30_000);
  stage.welcome({ mode: 'resume' });
  expect(signals('seen')).toEqual([{ type: 'seen', messageId: 'b' }]);
});

it('goes by the place of what was read, also among messages of one moment', () => {
  const at = stage.clock.now();
  stage.message({ messageId: 'one', from: { kind: 'customer' }, text: 'One', at });
  stage.message({ messageId: 'two', from: { kind: 'customer' }, text: 'Two', at });
  stage.conversation({ agentName: 'Li', seenByAgent: 'one' });
  expect(stage.text()).toContain('Sent');
  expect(stage.text()).not.toContain('Read');
  stage.conversation({ agentName: 'Li', seenByAgent: 'two' });
  expect(stage.text()).toContain('Read');
});

it('shows that the customer’s last words have been read', () => {
  stage.message({ messageId: 'mine', from: { kind: 'customer' }, text: 'Is it there?' });
  expect(stage.text()).toContain('Sent');
  stage.conversation({ agentName: 'Li', seenByAgent: 'mine' });
  expect(stage.text()).toContain('Read');
  expect(stage.text()).not.toContain('Sent');
});
