// @vitest-environment happy-dom
import { expect, it } from 'vitest';
import { createStage, type Stage, settled } from './page-stage';

const said = (messageId: string, text: string) => ({
  ...{ messageId, conversationId: 'old', at: 0, from: { kind: 'agent', name: 'Li' }, text, line: null },
});

async function acked(stage: Stage, result: object) {
  stage.ack(result);
  await settled();
}

it('shows what was said before on request, the last first, and more of it', async () => {
  const stage = createStage();
  stage.welcome({ hasPast: true });
  await settled();
  stage.button('Show earlier conversations').click();
  expect(stage.lastCommand()).toMatchObject({ op: 'conversation.past', endedAt: null });
  await acked(stage, { conversationId: 'k7', messages: [said('9.1', 'of late')], earlier: true, next: 700 });
  expect(stage.text()).toContain('of late');
  stage.button('Show earlier ones').click();
  expect(stage.lastCommand()).toMatchObject({ endedAt: null, before: '9.1' });
  await acked(stage, { conversationId: 'k7', messages: [said('8.1', '<i>first</i>')], earlier: false, next: 700 });
  stage.button('Show earlier ones').click();
  expect(stage.lastCommand()).toMatchObject({ endedAt: 700 });
  await acked(stage, { conversationId: 'k5', messages: [said('2.1', 'long ago')], earlier: false, next: null });
  expect(stage.text()).toMatch(/long ago.*<i>first<\/i>.*of late/);
  expect(() => stage.button('Show earlier ones')).toThrow();
  stage.button('Close').click();
  expect(stage.text()).not.toContain('of late');
});

it('offers it only where there is something, and says when it is shown no more', async () => {
  const stage = createStage();
  stage.welcome();
  await settled();
  expect(() => stage.button('Show earlier conversations')).toThrow();
  stage.reload();
  stage.welcome({ hasPast: true });
  await settled();
  stage.button('Show earlier conversations').click();
  stage.refuse('pastOff');
  await settled();
  expect(stage.text()).toContain('We do not show earlier conversations any more.');
});
