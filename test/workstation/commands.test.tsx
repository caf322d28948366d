// @vitest-environment happy-dom
import { act, useState } from 'react';
import { afterEach, describe, expect, it } from 'vitest';
import { ChatPage } from '../../renderer/workstation/chat/ChatPage';
import { commands } from '../../renderer/workstation/commands/commands';
import { ariaKeys, isPressed, keysOf, type Pressed } from '../../renderer/workstation/commands/shortcut';
import type { Dialog } from '../../renderer/workstation/navigation/pages';
import { CommandCentre } from '../../renderer/workstation/shell/commands/CommandCentre';
import { useCommandContext } from '../../renderer/workstation/shell/commands/use-command-context';
import { createMatcher, excerpt } from '../../renderer/workstation/ui/matches';
import { agent, conversation, group, message } from './office';
import { Stage } from './stage';

const pages: string[] = [];

function Page() {
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const [openPage] = useState(() => (page: string) => void pages.push(page));
  const [openPast] = useState(() => (past: { conversationId: string }) => void pages.push(past.conversationId));
  const context = useCommandContext({ openPage, openSettings: openPage, openPast, openDialog: setDialog });
  return (
    <>
      <ChatPage />
      <CommandCentre context={context} dialog={dialog} onClose={() => setDialog(null)} />
    </>
  );
}

let stage: Stage | null = null;
afterEach(() => {
  stage?.close();
  stage = null;
  pages.length = 0;
});

const mine = { stage: 'active', agentId: 'me' } as const;

function open(): Stage {
  stage = new Stage(<Page />, { role: 'agent' });
  stage.tell(
    { name: 'group.changed', group: group('g1', { name: 'Support' }) },
    { name: 'agent.changed', agent: agent('me', { name: 'Me', load: 2 }) },
    { name: 'conversation.changed', conversation: conversation('c1', { ...mine, unansweredSince: 1, unanswered: 1 }) },
    {
      name: 'conversation.changed',
      conversation: conversation('c2', { ...mine, customerName: '王芳', preview: '你好', unansweredSince: 2 }),
    },
    {
      name: 'conversation.history',
      conversationId: 'c1',
      messages: [message('m1', { text: 'The invoice of last week shows the old address in Oslo' })],
    },
  );
  stage.transport.line.receive({ type: 'caughtUp', seq: 15 });
  stage.tell({
    name: 'office.changed',
    office: { name: 'Office', sample: false, diskSpace: 'plenty', tags: [], wrapUpCodes: [] },
  });
  return stage;
}

const opened = () => document.querySelector('h1')?.textContent;
const options = () => [...document.querySelectorAll('[role="option"]')].map((each) => each.textContent);
const chosen = () => document.querySelector('[role="option"][aria-selected="true"]')?.textContent;
const focused = () => document.activeElement?.closest('[data-pane]')?.getAttribute('data-pane');
const palette = 'input[role="combobox"]';

describe('matching', () => {
  it.each([
    ['王', '王芳', true],
    ['芳 你', '王芳 你好', true],
    ['方', '王芳', false],
    ['AMELIE', 'Amélie Dupont', true],
    ['ａｂｃ', 'abc', true],
    ['old invoice', 'The invoice, old', true],
    ['', 'anything', true],
  ])('%s in %s: %s', (query, text, expected) => {
    expect(createMatcher(query)(text)).toBe(expected);
  });

  it('shows the words around what was found', () => {
    expect(excerpt('The invoice of last week shows the old\naddress', 'OLD')).toBe('…week shows the old address');
    expect(excerpt('short', 'short')).toBe('short');
  });
});

describe('the table of commands', () => {
  it('has no id and no shortcut twice', () => {
    const ids = commands.map(({ id }) => id);
    const keys = commands.flatMap(({ shortcut }) => (shortcut ? [ariaKeys(shortcut, false)] : []));
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('takes Cmd for Ctrl on macOS, a letter by its place on other alphabets, and a sign wherever it is', () => {
    const none = { code: '', ctrlKey: false, metaKey: false, shiftKey: false, altKey: false };
    const pressed = (key: string, rest: Partial<Pressed> = {}): Pressed => ({ key, ...none, ...rest });
    const k = { key: 'k', mod: true };
    expect(isPressed(k, pressed('k', { ctrlKey: true }), false)).toBe(true);
    expect(isPressed(k, pressed('k', { ctrlKey: true }), true)).toBe(false);
    expect(isPressed(k, pressed('k', { metaKey: true }), true)).toBe(true);
    expect(isPressed(k, pressed('K', { ctrlKey: true, shiftKey: true }), false)).toBe(false);
    expect(isPressed(k, pressed('л', { ctrlKey: true, code: 'KeyK' }), false)).toBe(true);
    expect(isPressed({ key: '?' }, pressed('?', { shiftKey: true }), false)).toBe(true);
    expect(keysOf(k, true)).toEqual(['⌘', 'K']);
    expect(keysOf({ key: 'Enter', mod: true }, false)).toEqual(['Ctrl', '↵']);
  });
});

describe('the keyboard', () => {
  it('goes through the rows, and does nothing while a word is being composed', () => {
    const desk = open();
    desk.key('ArrowDown', { altKey: true });
    expect(opened()).toBe('Mei Chen');
    desk.key('ArrowDown', { altKey: true, isComposing: true });
    expect(opened()).toBe('Mei Chen');
    desk.key('ArrowDown', { altKey: true });
    expect(opened()).toBe('王芳');
    desk.key('ArrowUp', { altKey: true });
    expect(opened()).toBe('Mei Chen');
  });

  it('goes through the panes both ways, from wherever it is', () => {
    const desk = open();
    const seen: unknown[] = [];
    for (const shiftKey of [false, false, false, false, true]) {
      desk.key('F6', { shiftKey });
      seen.push(focused());
    }
    expect(seen).toEqual(['list', 'conversation', 'customer', 'list', 'customer']);
    act(() => (document.activeElement as HTMLElement).blur());
    desk.key('F6', { shiftKey: true });
    expect(focused()).toBe('customer');
  });

  it('accepts the first incoming one, also from within the composer', () => {
    const desk = open();
    desk.key('ArrowDown', { altKey: true });
    expect(document.activeElement?.tagName).toBe('TEXTAREA');
    expect(desk.key('Enter', { ctrlKey: true })).toBe(true);
    const rings = conversation('c3', { stage: 'offered', agentId: 'me', offerId: 'o1' });
    desk.tell({ name: 'conversation.changed', conversation: rings });
    expect(desk.key('Enter', { ctrlKey: true })).toBe(false);
    expect(desk.sent('offer.accept')).toMatchObject({ offerId: 'o1' });
  });

  const ringing = (desk: Stage, name: string) => {
    const told = { stage: 'offered', agentId: 'me', offerId: 'o1', customerName: name } as const;
    desk.tell({ name: 'conversation.changed', conversation: conversation('c3', told) });
  };
  const accepted = async (desk: Stage) => {
    desk.tell({ name: 'conversation.changed', conversation: conversation('c3', { ...mine, customerName: 'Noor' }) });
    await desk.answer('offer.accept', { type: 'ack', seq: 20 });
  };

  it('accepts while one types, and lets one go on to the customer that it is meant for', async () => {
    const desk = open();
    desk.key('ArrowDown', { altKey: true });
    const box = document.activeElement;
    const customer = opened();
    ringing(desk, 'Noor');
    desk.key('Enter', { ctrlKey: true });
    await accepted(desk);
    expect([opened(), document.activeElement === box]).toEqual([customer, true]);
    expect(desk.text).toMatch(/Mine 2 of 5.*Noor/);
  });

  it('opens what is accepted by key where nothing is typed', async () => {
    const desk = open();
    act(() => (document.activeElement as HTMLElement).blur());
    ringing(desk, 'Noor');
    desk.key('Enter', { ctrlKey: true });
    await accepted(desk);
    expect(opened()).toBe('Noor');
  });

  it('accepts once, however often the key and the button are pressed before the answer', async () => {
    const desk = open();
    ringing(desk, 'Noor');
    desk.key('Enter', { ctrlKey: true });
    const { cid } = desk.sent('offer.accept')!;
    desk.key('Enter', { ctrlKey: true });
    desk.press('Accept');
    expect(desk.sent('offer.accept')?.cid).toBe(cid);
    await accepted(desk);
    expect(desk.text).not.toContain('Too late');
  });

  it('shows every shortcut on ?, but not where ? is text', () => {
    const desk = open();
    desk.key('ArrowDown', { altKey: true });
    desk.key('?', { shiftKey: true });
    expect(desk.text).not.toContain('Keyboard shortcuts');
    desk.key('F6');
    desk.key('?', { shiftKey: true });
    const rows = [...document.querySelectorAll('dl > div')].map((row) => row.textContent);
    for (const words of ['Accept the first incoming conversationCtrl↵', 'Next paneF6', 'Next conversationAlt↓'])
      expect(rows).toContain(words);
    expect(rows.length).toBeGreaterThanOrEqual(commands.filter(({ shortcut }) => shortcut).length);
    desk.key('ArrowDown', { altKey: true });
    expect(opened()).toBe('Mei Chen');
    desk.key('Escape');
    expect(desk.text).not.toContain('Keyboard shortcuts');
  });
});

describe('the palette', () => {
  const search = (desk: Stage, text: string) => {
    desk.key('k', { ctrlKey: true });
    document.querySelector<HTMLElement>(palette)?.focus();
    desk.type('A command, a customer, or words from a conversation', text);
  };

  it('finds customers by name, then commands, then what was said, and opens with Enter', () => {
    const desk = open();
    search(desk, '王');
    expect(options()).toEqual(['王芳你好']);
    desk.key('Enter', { isComposing: true });
    expect(opened()).toBe('No conversation open');
    desk.key('Enter');
    expect(opened()).toBe('王芳');
    expect(pages).toEqual(['chats']);
    expect(document.querySelector(palette)).toBeNull();
    expect(document.activeElement?.tagName).toBe('TEXTAREA');
    for (const spelled of ['wangfang', 'wf', 'wang']) {
      search(desk, spelled);
      expect(options()).toEqual(['王芳你好']);
      desk.key('Escape');
    }
    search(desk, 'old address');
    expect(options()).toEqual(['Mei Chen…week shows the old address in Oslo']);
    desk.type('A command, a customer, or words from a conversation', 'nothing like it');
    expect(desk.text).toContain('Searching …');
  });

  it('asks the hub for past conversations once typing rests, and opens them as such', async () => {
    const desk = open();
    search(desk, '发');
    desk.move(200);
    desk.type('A command, a customer, or words from a conversation', '发票');
    desk.move(299);
    expect(desk.sent('conversation.find')).toBeUndefined();
    desk.move(1);
    expect(desk.sent('conversation.find')).toMatchObject({ text: '发票', after: null });
    const past = {
      ...{ conversationId: 'c9', customerId: 'k9', customerName: '李伟', groupId: 'g1', openedAt: 1, endedAt: 2 },
      ...{ endedBy: 'agent', agentNames: [], preview: '你好', excerpt: '我的发票' },
    };
    const found = [past, { ...past, conversationId: 'c2', customerName: '王芳' }];
    await desk.answer('conversation.find', { type: 'ack', seq: 20, result: { found, next: null } });
    expect(options()).toEqual(['李伟我的发票', '王芳我的发票']);
    desk.type('A command, a customer, or words from a conversation', '王');
    expect(options()).toEqual(['王芳你好']);
    desk.move(300);
    await desk.answer('conversation.find', { type: 'ack', seq: 20, result: { found, next: null } });
    // What is on the desk is offered once.
    expect(options()).toEqual(['王芳你好', '李伟我的发票']);
    desk.key('ArrowDown');
    desk.key('Enter');
    expect(pages).toEqual(['c9']);
  });

  it('says so when there is nothing', async () => {
    const desk = open();
    search(desk, 'nothing like it');
    desk.move(300);
    await desk.answer('conversation.find', { type: 'ack', seq: 20, result: { found: [], next: null } });
    expect(desk.text).toContain('Nothing found.');
  });

  it('offers what is possible now, with its shortcut; arrows go round', () => {
    const desk = open();
    search(desk, 'conversation');
    expect(options()).toEqual([]);
    desk.key('Escape');
    desk.key('ArrowDown', { altKey: true });
    search(desk, '');
    expect(options()).toContain('Close the conversationCtrlShiftX');
    expect(options().join()).not.toContain('Your status: Online');
    const [first, second] = options();
    expect(chosen()).toBe(first);
    desk.key('ArrowDown');
    expect(chosen()).toBe(second);
    desk.key('ArrowUp');
    desk.key('ArrowUp');
    expect(chosen()).toBe(options().at(-1));
    const field = document.querySelector(palette);
    const described = field?.getAttribute('aria-activedescendant') ?? '';
    expect(document.getElementById(described)?.textContent).toBe(chosen());
  });

  it('gives the focus back when it is closed', () => {
    const desk = open();
    desk.key('F6');
    const before = document.activeElement;
    search(desk, 'team');
    desk.key('Escape');
    expect(document.querySelector(palette)).toBeNull();
    expect(document.activeElement).toBe(before);
    search(desk, 'team');
    desk.key('Enter');
    expect(pages).toEqual(['team']);
  });

  it('presses the button of what is open, which asks what it always asks', () => {
    const desk = open();
    desk.key('ArrowDown', { altKey: true });
    desk.key('X', { ctrlKey: true, shiftKey: true });
    expect(desk.text).toContain('Their last message has no answer.');
    expect(desk.sent('conversation.close')).toBeUndefined();
  });
});
