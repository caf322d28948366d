// @vitest-environment happy-dom
import { Profiler } from 'react';
import { afterEach, expect, it } from 'vitest';
import { StatusMenu } from '../../renderer/workstation/shell/StatusMenu';
import { agent } from './office';
import { Stage } from './stage';

let stage: Stage | null = null;
afterEach(() => {
  stage?.close();
  stage = null;
});

function open(sinceMs: number, language: 'en' | 'zh' = 'en') {
  const renders: string[] = [];
  const counted = (
    <Profiler id="status" onRender={(_id, phase) => void renders.push(phase)}>
      <StatusMenu />
    </Profiler>
  );
  const opened = new Stage(counted, { role: 'agent', language });
  stage = opened;
  opened.tell({ name: 'agent.changed', agent: agent('me', { status: 'online', statusSince: opened.now() - sinceMs }) });
  renders.length = 0;
  return { stage: opened, renders };
}

it('on an empty desk nothing is drawn until the time in the status is a minute more', () => {
  const { stage, renders } = open(45_000);
  expect(stage.text).toContain('Online0 min');
  stage.move(14_000);
  expect(renders).toEqual([]);
  stage.move(1_000);
  expect([renders, stage.text.includes('Online1 min')]).toEqual([['update'], true]);
});

it.each([
  [12, '12 min', '12分钟'],
  [65, '1 hr 5 min', '1小时 5分钟'],
  [27 * 60 + 59, '1 day 3 hr', '1天 3小时'],
])('%i minutes are told in words', (minutes, en, zh) => {
  for (const [language, said] of [
    ['en', en],
    ['zh', zh],
  ] as const) {
    const { stage } = open(minutes * 60_000, language);
    expect(stage.text).toContain(said);
    stage.close();
  }
  stage = null;
});
