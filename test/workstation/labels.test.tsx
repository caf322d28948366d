// @vitest-environment happy-dom
import { act } from 'react';
import { afterEach, expect, it } from 'vitest';
import { CustomerPane } from '../../renderer/workstation/chat/customer/CustomerPane';
import { CloseButton } from '../../renderer/workstation/chat/thread/CloseButton';
import { HistoryFilters, noFilter } from '../../renderer/workstation/history/HistoryFilters';
import { undoMs } from '../../renderer/workstation/session/closings';
import { SettingsPage } from '../../renderer/workstation/settings/SettingsPage';
import { noDrafts } from '../../renderer/workstation/settings/settings-drafts';
import { agent, conversation } from './office';
import { Stage } from './stage';

let stage: Stage;
afterEach(() => stage.close());

const mine = conversation('c1', { customerName: 'Mei', stage: 'active', agentId: 'me', unanswered: 0 });
const office = { name: 'Nordlys', sample: false, diskSpace: 'plenty', retentionDays: 365, tags: [], wrapUpCodes: [] };

function open(node: React.ReactNode, labels: object) {
  stage = new Stage(node);
  stage.tell(
    { name: 'office.changed', office: { ...office, ...labels } },
    { name: 'agent.changed', agent: agent('me') },
    { name: 'conversation.changed', conversation: mine },
  );
}

const button = (name: string) =>
  [...document.querySelectorAll('button')].filter((each) => each.textContent === name).at(-1)!;
const click = (element: HTMLElement) => act(() => element.click());

it('without wrap-up codes closing asks nothing', () => {
  open(<CloseButton conversation={mine} />, {});
  click(button('Close'));
  stage.move(undoMs);
  expect(stage.sent('conversation.close')).toEqual(expect.not.objectContaining({ wrapUpCode: expect.anything() }));
});

it('with wrap-up codes closing asks how it ended, and goes without an answer', async () => {
  open(<CloseButton conversation={mine} />, { wrapUpCodes: ['Solved', 'Spam'] });
  click(button('Close'));
  expect(stage.sent('conversation.close')).toBeUndefined();
  await stage.settle();
  expect(document.body.textContent).toContain('How it ended');
  const select = [...document.querySelectorAll('input')].find((each) => each.placeholder === 'Nothing to say of it')!;
  click(select);
  await stage.settle();
  click([...document.querySelectorAll<HTMLElement>('[role="option"]')].find((each) => each.textContent === 'Spam')!);
  click(button('Close'));
  stage.move(undoMs);
  expect(stage.sent('conversation.close')).toMatchObject({ conversationId: 'c1', wrapUpCode: 'Spam' });
});

it('the filters of the history offer what the office has, and nothing where it has nothing', () => {
  open(<HistoryFilters draft={noFilter} onChange={() => {}} />, { tags: ['Invoice'] });
  expect([stage.has('Tags'), stage.has('How it ended')]).toEqual([true, false]);
});

it('the customer’s pane has no tags where the office has none and the conversation neither', () => {
  open(<CustomerPane />, {});
  stage.select('c1');
  expect(stage.text).toContain('This conversation');
  expect(stage.has('Tags')).toBe(false);
  stage.tell({ name: 'conversation.changed', conversation: { ...mine, tags: ['Old'] } });
  expect(stage.has('Tags')).toBe(true);
});

it('a supervisor’s words are saved with the one that is still being typed; two of the same are not', () => {
  open(<SettingsPage tab="labels" onTab={() => {}} drafts={noDrafts} onDrafts={() => {}} />, { tags: ['Invoice'] });
  const [tags] = document.querySelectorAll<HTMLInputElement>('[role="combobox"]');
  const type = (text: string) =>
    act(() => {
      tags!.focus();
      Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(tags, text);
      tags!.dispatchEvent(new Event('input', { bubbles: true }));
    });
  type('invoice');
  expect(document.body.textContent).toContain('no two the same');
  type('Delivery');
  click([...document.querySelectorAll('button')].find((each) => each.textContent === 'Save')!);
  expect(stage.sent('office.put')).toMatchObject({ tags: ['Invoice', 'Delivery'] });
});
