// @vitest-environment happy-dom
import { act } from 'react';
import { afterEach, describe, expect, it } from 'vitest';
import { Composer } from '../../renderer/workstation/chat/composer/Composer';
import { fillInVariables, findCannedReplies } from '../../renderer/workstation/chat/composer/canned-replies';
import { triggerAt } from '../../renderer/workstation/chat/composer/trigger';
import { SettingsPage } from '../../renderer/workstation/settings/SettingsPage';
import { noDrafts } from '../../renderer/workstation/settings/settings-drafts';
import type { CannedReplyView } from '../../shared/protocol/canned-replies';
import { agent, conversation, group } from './office';
import { Stage } from './stage';

let stage: Stage | null = null;
afterEach(() => {
  stage?.close();
  stage = null;
});

const reply = (shortcut: string, text: string, scope: 'own' | 'shared' = 'shared'): CannedReplyView => ({
  cannedReplyId: `id-${shortcut}`,
  scope,
  shortcut,
  text,
});

const replies = [
  reply('hello', 'Good morning {customer}, this is {agent} of {office}, {group}. {unknown}'),
  reply('thanks', 'Thank you, and hello again'),
  reply('你好', '您好，{customer}！', 'own'),
];

function start(node: React.ReactNode, role: 'agent' | 'supervisor' = 'agent'): Stage {
  stage = new Stage(node, { role });
  stage.tell(
    {
      name: 'office.changed',
      office: { name: 'Nordlys', sample: false, diskSpace: 'plenty', tags: [], wrapUpCodes: [] },
    },
    { name: 'group.changed', group: group('g1', { name: 'Support' }) },
    { name: 'agent.changed', agent: agent('me', { name: 'Li Wang' }) },
    { name: 'conversation.changed', conversation: conversation('c1', { stage: 'active', agentId: 'me' }) },
    ...replies.map((cannedReply) => ({ name: 'cannedReply.changed', cannedReply })),
  );
  stage.transport.line.receive({ type: 'caughtUp', seq: 17 });
  stage.tell({
    name: 'office.changed',
    office: { name: 'Nordlys', sample: false, diskSpace: 'plenty', tags: [], wrapUpCodes: [] },
  });
  return stage;
}

const write = () => start(<Composer conversationId="c1" customerName="Mei Chen" kinds={['reply', 'note']} />);
const box = () => document.querySelector('textarea') as HTMLTextAreaElement;
const offered = () => [...document.querySelectorAll('[role="option"] > :first-child')].map((each) => each.textContent);
const field = 'Reply to Mei Chen';

describe('a / asks for a canned reply', () => {
  it.each([
    ['/', 1, ''],
    ['/he', 3, 'he'],
    ['Well /你', 7, '你'],
    ['one\n/two', 8, 'two'],
    ['/hello there', 6, 'hello'],
  ])('in %j at %i: %j', (text, caret, query) => {
    expect(triggerAt(text, caret)?.query).toBe(query);
  });

  it.each([
    ['and/or', 6],
    ['1 / 2', 5],
    ['me@home', 7],
    ['https://x', 9],
    ['/hello there', 12],
    ['/hello', 0],
  ])('but not in %j at %i', (text, caret) => {
    expect(triggerAt(text, caret)).toBeNull();
  });

  it('by the shortcut first, then by the text', () => {
    expect(findCannedReplies(replies, 'hello').map(({ shortcut }) => shortcut)).toEqual(['hello', 'thanks']);
    expect(findCannedReplies(replies, '好').map(({ shortcut }) => shortcut)).toEqual(['你好']);
    expect(findCannedReplies(replies, '')).toHaveLength(3);
  });

  it('fills in names once, whatever they hold', () => {
    const names = { customer: '{agent}', agent: '$&', group: 'G', office: 'O' };
    expect(fillInVariables('{customer} {agent} {group} {office} {other}', names)).toBe('{agent} $& G O {other}');
  });
});

describe('in the composer', () => {
  it('the list narrows as one types; arrows choose, Enter inserts with the names filled in, and sends nothing', () => {
    const desk = write();
    desk.type(field, 'So: /');
    expect(offered()).toEqual(['/hello', '/thanks', '/你好']);
    desk.type(field, 'So: /hello');
    expect(offered()).toEqual(['/hello', '/thanks']);
    desk.key('ArrowDown');
    expect(document.querySelector('[aria-selected="true"]')?.textContent).toContain('/thanks');
    desk.key('ArrowUp');
    expect(desk.key('Enter')).toBe(false);
    expect(box().value).toBe('So: Good morning Mei Chen, this is Li Wang of Nordlys, Support. {unknown}');
    expect(box().selectionStart).toBe(box().value.length);
    expect(offered()).toEqual([]);
    expect(desk.sent('message.send')).toBeUndefined();
    desk.key('Enter');
    expect(desk.sent('message.send')?.text).toContain('Good morning Mei Chen');
  });

  it('leaves what follows the caret where it is', () => {
    const desk = write();
    desk.type(field, '/你  and more');
    act(() => {
      box().setSelectionRange(2, 2);
      box().dispatchEvent(new KeyboardEvent('keyup', { bubbles: true, key: 'ArrowLeft' }));
    });
    act(() => document.querySelector<HTMLElement>('[role="option"]')?.click());
    expect(box().value).toBe('您好，Mei Chen！  and more');
    expect(box().selectionStart).toBe('您好，Mei Chen！'.length);
  });

  it('does nothing to a word that is being composed', () => {
    const desk = write();
    desk.type(field, '/ni');
    desk.type(field, '/h');
    for (const key of ['Enter', 'ArrowDown', 'Escape']) expect(desk.key(key, { isComposing: true })).toBe(true);
    expect(box().value).toBe('/h');
    expect(offered()).toEqual(['/hello', '/thanks']);
    expect(desk.sent('message.send')).toBeUndefined();
  });

  it('Esc closes the list for this /, and Enter then sends what stands there; the next / opens it again', () => {
    const desk = write();
    desk.type(field, '/he');
    desk.key('Escape');
    expect(offered()).toEqual([]);
    desk.type(field, '/hel');
    expect(offered()).toEqual([]);
    desk.type(field, '/hel /');
    expect(offered()).toHaveLength(3);
    desk.key('Escape');
    desk.key('Enter');
    expect(desk.sent('message.send')).toMatchObject({ text: '/hel /' });
  });

  it('the button types the /', () => {
    const desk = write();
    desk.type(field, 'Well');
    desk.press('Insert a canned reply');
    expect(box().value).toBe('Well /');
    expect(offered()).toHaveLength(3);
    expect(box().getAttribute('aria-controls')).toBe(document.querySelector('[role="listbox"]')?.id);
  });

  it.each(['Escape', 'the button'])('what the button typed goes again with %s, and only that', (how) => {
    const desk = write();
    const leave = () => (how === 'Escape' ? desk.key('Escape') : desk.press('Insert a canned reply'));
    desk.type(field, 'Well');
    desk.press('Insert a canned reply');
    leave();
    expect([box().value, offered()]).toEqual(['Well', []]);
    desk.type(field, 'Well /');
    desk.key('Escape');
    expect(box().value).toBe('Well /');
  });

  it('says so where there are none yet', () => {
    const desk = write();
    desk.tell(...replies.map(({ cannedReplyId }) => ({ name: 'cannedReply.removed', cannedReplyId })));
    desk.type(field, '/');
    expect(desk.text).not.toContain('No canned replies yet');
    desk.type(field, '');
    desk.press('Insert a canned reply');
    expect(desk.text).toContain('No canned replies yet');
    desk.key('Escape');
    expect(desk.text).not.toContain('No canned replies yet');
    expect(box().value).toBe('');
  });
});

describe('the page of canned replies', () => {
  const page = (role: 'agent' | 'supervisor') =>
    start(<SettingsPage tab="canned" onTab={() => {}} drafts={noDrafts} onDrafts={() => {}} />, role);

  it('is all that an agent sees of the settings beside their own access; shared ones are only to be read there', () => {
    const desk = page('agent');
    const tabs = [...desk.named('Settings pages').querySelectorAll('button')].map((each) => each.textContent);
    expect(tabs).toEqual(['Canned replies', 'Your access']);
    expect(desk.named('For everybody').textContent).toContain('/hello');
    expect([desk.has('Edit /hello'), desk.has('Edit /你好')]).toEqual([false, true]);
    desk.press('Remove /你好');
    expect(desk.sent('cannedReply.remove')).toMatchObject({ cannedReplyId: 'id-你好' });
  });

  it('takes a shortcut with or without its /, and says what is wrong before anything is sent', async () => {
    const desk = page('agent');
    desk.press('Add canned reply');
    const fill = (name: string, text: string) => {
      const label = [...document.querySelectorAll('label')].find((each) => each.textContent === name);
      label?.ownerDocument.getElementById(label.htmlFor)?.setAttribute('aria-label', name);
      desk.type(name, text);
    };
    const save = () => act(async () => desk.named('Save').click());
    await save();
    expect(desk.text).toContain('One word of at most 40 characters');
    expect(desk.text).toContain('Write what is to be inserted.');
    expect(desk.sent('cannedReply.put')).toBeUndefined();
    fill('Shortcut', '/bye');
    fill('Text', 'Goodbye {customer}');
    expect(desk.text).not.toContain('For whom');
    await save();
    expect(desk.sent('cannedReply.put')).toMatchObject({ scope: 'own', shortcut: 'bye', text: 'Goodbye {customer}' });
    expect(desk.sent('cannedReply.put')).not.toHaveProperty('cannedReplyId');
  });

  it('lets a supervisor share one', async () => {
    const desk = page('supervisor');
    desk.press('Edit /你好');
    act(() => document.querySelector<HTMLElement>('input[type="radio"][value="shared"]')?.click());
    await act(async () => desk.named('Save').click());
    expect(desk.sent('cannedReply.put')).toMatchObject({ cannedReplyId: 'id-你好', scope: 'shared' });
  });
});
