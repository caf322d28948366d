// @vitest-environment happy-dom
import { afterEach, expect, it } from 'vitest';
import { createIdleness } from '../../renderer/workstation/services/idleness';
import { StatusMenu } from '../../renderer/workstation/shell/StatusMenu';
import { HandClock } from '../client/wire';
import { agent, conversation } from './office';
import { Stage } from './stage';

let stage: Stage | null = null;
afterEach(() => {
  stage?.close();
  stage = null;
});

const office = {
  ...{ name: 'Office', sample: false, retentionDays: 365, diskSpace: 'plenty', tags: [], wrapUpCodes: [] },
  ...{ breakReasons: ['Lunch'], asks: {}, dateJump: null },
};

it('[ID2] [ID3] the status menu has the reasons for a break, and what comes after the last conversation', async () => {
  stage = new Stage(<StatusMenu />);
  stage.tell(
    { name: 'office.changed', office },
    { name: 'agent.changed', agent: agent('me') },
    { name: 'conversation.changed', conversation: conversation('c1', { stage: 'active', agentId: 'me' }) },
  );
  stage.transport.line.receive({ type: 'caughtUp', seq: 13 });
  stage.press('Your status: Online');
  await stage.settle();
  stage.press('Short break: Lunch');
  expect(stage.sent('status.set')).toMatchObject({ status: 'shortBreak', reason: 'Lunch' });
  stage.press('Your status: Online');
  await stage.settle();
  stage.press('After the last conversation: Offline');
  expect(stage.sent('status.afterThis')).toMatchObject({ status: 'offline' });
  stage.tell({ name: 'agent.changed', agent: agent('me', { afterThis: { status: 'offline' } }) });
  expect(stage.text).toContain('then Offline');
});

it('[ID1] in a browser, the page is idle since somebody touched it last', async () => {
  const clock = new HandClock();
  const idleMs = createIdleness(window, null, clock);
  clock.move(60_000);
  expect(await idleMs()).toBe(60_000);
  window.dispatchEvent(new Event('keydown'));
  expect(await idleMs()).toBe(0);
});
