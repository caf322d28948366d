// @vitest-environment happy-dom
import { cleanNotifications, Notifications } from '@mantine/notifications';
import { act } from 'react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AssistantsPage } from '../../renderer/workstation/settings/team/AssistantsPage';
import type { AssistantView } from '../../shared/protocol/views';
import { at, group } from './office';
import { Stage } from './stage';

const fern: AssistantView = {
  ...{ assistantId: 'assistant-1', name: 'Fern', groupIds: ['g1'], connected: false, assisting: 0 },
  ...{ tokenMadeAt: null, seenAt: null },
};

describe('the page of the assistants', () => {
  let stage: Stage;
  const tell = (...assistants: AssistantView[]) => stage.tell({ name: 'assistants.changed', assistants });
  const open = (language: 'en' | 'zh' = 'en') => {
    stage = new Stage(
      <>
        <Notifications transitionDuration={0} />
        <AssistantsPage />
      </>,
      { language },
    );
    stage.tell({ name: 'group.changed', group: group('g1', { name: 'Orders' }) });
  };
  /** Opens the menu of the only one, and presses this in it. */
  const choose = async (item: string) => {
    stage.press('Actions for Fern');
    await stage.settle();
    stage.press(item);
    await stage.settle();
  };
  const refused = { type: 'refused', code: 'groupHasAssistant', message: 'has one', field: 'groupIds' };

  beforeEach(() => open());
  afterEach(() => {
    act(() => cleanNotifications());
    stage.close();
  });

  it('says that there is none, and what one is for', () => {
    expect(stage.text).toContain('There is no assistant.');
    stage.close();
    open('zh');
    expect(stage.text).toContain('添加');
  });

  it.each([
    ['without a token', {}, /No token$/],
    ['that has never come', { tokenMadeAt: at }, /Not connected$/],
    ['that was here', { tokenMadeAt: at, seenAt: at }, /Not connectedLast seen /],
    ['that is here', { tokenMadeAt: at, seenAt: at, connected: true, assisting: 1 }, /Connected1 conversation$/],
    ['that is busy', { tokenMadeAt: at, seenAt: at, connected: true, assisting: 3 }, /Connected3 conversations$/],
  ])('shows one %s', (_name, fields, state) => {
    tell({ ...fern, ...fields });
    const [name, groups, said] = [...stage.host.querySelectorAll('td')].map((cell) => cell.textContent ?? '');
    expect([name, groups]).toEqual(['Fern', 'Orders']);
    expect(said).toMatch(state);
  });

  it('says of one without a group that it has none', () => {
    tell({ ...fern, groupIds: [] });
    expect(stage.host.querySelectorAll('td')[1]?.textContent).toBe('No skill group');
  });

  it('adds one, and shows it when the hub has it', async () => {
    stage.press('Add an assistant');
    await stage.settle();
    expect(stage.named<HTMLButtonElement>('Save').disabled).toBe(true);
    stage.type('Name', 'Fern');
    stage.press('Save');
    expect(stage.sent('assistant.put')).toMatchObject({ name: 'Fern', groupIds: [] });
    expect(stage.sent('assistant.put')).not.toHaveProperty('assistantId');
    await stage.answer('assistant.put', { type: 'ack', seq: 11, result: { assistantId: 'assistant-1' } });
    tell(fern);
    expect(stage.text).toContain('Fern is saved.');
    expect(document.querySelector('[role=dialog]')).toBeNull();
  });

  it('keeps what is typed when the hub refuses it, and says why', async () => {
    tell(fern);
    await choose('Edit');
    stage.type('Name', 'Moss');
    stage.press('Save');
    expect(stage.sent('assistant.put')).toMatchObject({ assistantId: 'assistant-1', name: 'Moss', groupIds: ['g1'] });
    await stage.answer('assistant.put', refused);
    expect(stage.named<HTMLInputElement>('Name').value).toBe('Moss');
    expect(stage.text).toMatch(/already|assistant/);
  });

  it('warns, while one is connected, that a group taken away goes to people', async () => {
    tell({ ...fern, tokenMadeAt: at, connected: true });
    await choose('Edit');
    expect(stage.text).toContain('What it has in a group that you take away goes to people at once.');
  });

  it('makes a token after a question, and shows it once', async () => {
    tell(fern);
    await choose('New token');
    expect(stage.sent('assistant.token')).toBeUndefined();
    expect(stage.text).toContain('shown once');
    stage.press('New token');
    expect(stage.sent('assistant.token')).toMatchObject({ assistantId: 'assistant-1' });
    await stage.answer('assistant.token', { type: 'ack', seq: 12, result: { token: 'q2J0e8cT1mVb7sYw3fKx' } });
    expect(stage.text).toContain('q2J0e8cT1mVb7sYw3fKx');
    stage.press('Close');
    await stage.settle();
    expect(stage.text).not.toContain('q2J0e8cT1mVb7sYw3fKx');
  });

  it('shows no token of a repeated command, whose answer has none', async () => {
    tell(fern);
    await choose('New token');
    stage.press('New token');
    await stage.answer('assistant.token', { type: 'ack', seq: 12, dup: true });
    expect(stage.text).not.toContain('Token of Fern');
  });

  it.each([
    ['Revoke the token', 'assistant.revoke', 'Fern can’t sign in any more.'],
    ['Remove', 'assistant.remove', 'Fern is removed.'],
  ])('asks before “%s”', async (item, op, said) => {
    tell({ ...fern, tokenMadeAt: at });
    await choose(item);
    expect(stage.sent(op)).toBeUndefined();
    stage.press(item);
    expect(stage.sent(op)).toMatchObject({ assistantId: 'assistant-1' });
    await stage.answer(op, { type: 'ack', seq: 12 });
    expect(stage.text).toContain(said);
  });

  it('offers to revoke only what there is, and nothing without a link', async () => {
    tell(fern);
    stage.press('Actions for Fern');
    await stage.settle();
    expect(stage.text).not.toContain('Revoke the token');
    stage.drop();
    expect(stage.named<HTMLButtonElement>('Actions for Fern').disabled).toBe(true);
  });
});
