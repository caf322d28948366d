// @vitest-environment happy-dom
import { cleanNotifications } from '@mantine/notifications';
import { act } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ChatPage } from '../../renderer/workstation/chat/ChatPage';
import { IncomingElsewhere } from '../../renderer/workstation/chat/list/IncomingElsewhere';
import { focusPane } from '../../renderer/workstation/commands/panes';
import { Notices } from '../../renderer/workstation/shell/Notices';
import { defaultSettings } from '../../shared/routing/settings';
import { agent, conversation, group } from './office';
import { Stage } from './stage';

let stage: Stage | null = null;
const realMatchMedia = window.matchMedia;
beforeEach(() => widen(1440));
afterEach(() => {
  stage?.close();
  stage = null;
  window.matchMedia = realMatchMedia;
});

/** The window's width in CSS pixels. */
function widen(width: number) {
  window.matchMedia = ((query: string) => ({
    matches: width <= Number(/max-width: (\d+)px/.exec(query)?.[1] ?? 0),
    addEventListener() {},
    removeEventListener() {},
  })) as never;
}

const mine = { stage: 'active', agentId: 'me' } as const;
const changed = (id: string, fields: Parameters<typeof conversation>[1]) => ({
  name: 'conversation.changed',
  conversation: conversation(id, fields),
});
const ringing = (id: string, customerName: string, deadline: number | null) =>
  changed(id, {
    customerName,
    stage: 'offered',
    agentId: 'me',
    offerId: `offer-${id}`,
    deadline,
    preview: `I am ${id}`,
  });

function open(...bodies: object[]): Stage {
  stage = new Stage(
    <>
      <ChatPage />
      <IncomingElsewhere page="chats" onAccepted={() => {}} />
      <Notices onOpen={() => {}} />
    </>,
    { role: 'agent' },
  );
  stage.tell(
    { name: 'settings.changed', settings: defaultSettings() },
    { name: 'group.changed', group: group('g1', { name: 'Support' }) },
    { name: 'agent.changed', agent: agent('me', { name: 'Me' }) },
    changed('c1', { ...mine, unanswered: 1, unansweredSince: 1_000 }),
    changed('c2', { ...mine, customerName: 'Jonas Olsen', unanswered: 1, unansweredSince: 2_000 }),
    ...bodies,
  );
  stage.transport.line.receive({ type: 'caughtUp', seq: 15 + bodies.length });
  stage.tell({
    name: 'office.changed',
    office: { name: 'Office', sample: false, diskSpace: 'plenty', tags: [], wrapUpCodes: [] },
  });
  return stage;
}

const panes = () =>
  [...document.querySelectorAll('section[data-pane], main[data-pane], aside[data-pane]')].map(labelOf);
const labelOf = (element: Element | null) => element?.getAttribute('aria-label');

describe('the panes', () => {
  it('all stand side by side in a large window', () => {
    open().select('c1');
    expect(panes()).toEqual(['Conversations', 'Conversation with Mei Chen', 'Customer']);
  });

  it('leave the customer’s to be opened at their picture in the smallest window, where the keyboard finds it too', () => {
    widen(900);
    const desk = open();
    desk.select('c1');
    expect(panes()).toEqual(['Conversations', 'Conversation with Mei Chen']);
    desk.named('Reply to Mei Chen').focus();
    act(() => focusPane(1));
    expect(labelOf(document.activeElement)).toBe('About Mei Chen');
    act(() => (document.activeElement as HTMLElement).click());
    expect(panes()).toEqual(['Conversations', 'Conversation with Mei Chen', 'Customer']);
    expect(labelOf(document.activeElement)).toBe('Customer');
    desk.key('Escape');
    expect(panes()).toEqual(['Conversations', 'Conversation with Mei Chen']);
    expect(labelOf(document.activeElement)).toBe('About Mei Chen');
  });

  it('are one at a time at a large zoom, each with the way to the others', () => {
    widen(450);
    const desk = open();
    expect(panes()).toEqual(['Conversations']);
    desk.select('c1');
    expect(panes()).toEqual(['Conversation with Mei Chen']);
    desk.press('About Mei Chen');
    expect(panes()).toEqual(['Customer']);
    desk.press('Close');
    expect(panes()).toEqual(['Conversation with Mei Chen']);
    desk.press('Back to the list');
    expect(panes()).toEqual(['Conversations']);
  });

  it('show what rings above the conversation where the list has no room', () => {
    widen(450);
    const desk = open(ringing('c3', '王芳', null));
    desk.select('c1');
    expect(panes()).toEqual(['Conversation with Mei Chen', 'Incoming']);
    desk.press('Accept');
    expect(desk.sent('offer.accept')).toMatchObject({ offerId: 'offer-c3' });
  });
});

describe('several offers', () => {
  const shown = () => [...document.querySelectorAll('article')].map((each) => [labelOf(each), isCard(each)]);
  const isCard = (article: Element) => article.textContent?.includes('Decline');

  it('are one card and a row for each other, which unfolds', () => {
    const desk = open(ringing('c3', '王芳', 3_000_000), ringing('c4', 'Tomás', 4_000_000));
    expect(shown()).toEqual([
      ['Incoming: 王芳', true],
      ['Incoming: Tomás', false],
    ]);
    // Offers count against the capacity.
    expect(desk.named('Mine').textContent).toContain('2 incoming · ');
    expect(desk.named('Incoming: Tomás').textContent).toContain('I am c4');
    desk.press('Show what Tomás wrote');
    expect(shown()).toEqual([
      ['Incoming: 王芳', false],
      ['Incoming: Tomás', true],
    ]);
  });
});

describe('the order under the pointer', () => {
  const rows = () => [...document.querySelectorAll('[aria-label="Mine"] button')];
  const order = () => rows().map((row) => labelOf(row)?.split(',')[0]);
  /** As the browser tells it; `from` or `to` is an element that may have gone meanwhile. */
  const point = (type: 'pointerover' | 'pointerout', at: Element | undefined, related: Element | null) =>
    act(() => void at?.dispatchEvent(Object.assign(new Event(type, { bubbles: true }), { relatedTarget: related })));

  it('holds still, also when what is under the pointer changes or goes, until the pointer leaves the list', () => {
    const desk = open(ringing('c3', '王芳', 3_000_000));
    const accept = desk.named('Accept');
    point('pointerover', accept, null);
    desk.tell(changed('c3', { ...mine, customerName: '王芳', unanswered: 1, unansweredSince: 3_000 }));
    // Another element comes under a pointer that stands still: told with the one that went.
    point('pointerover', rows()[0], accept);
    expect(order()).toEqual(['Mei Chen', 'Jonas Olsen', '王芳']);
    desk.tell(changed('c1', { ...mine, unanswered: 0, unansweredSince: null, lastMessageAt: 4_000 }));
    expect(order()).toEqual(['Mei Chen', 'Jonas Olsen', '王芳']);
    point('pointerout', rows()[0], desk.named('Customer'));
    expect(order()).toEqual(['Jonas Olsen', '王芳', 'Mei Chen']);
  });
});

describe('a mention', () => {
  afterEach(() => act(() => cleanNotifications()));

  it('stays until it has been in sight for a while', () => {
    vi.useFakeTimers();
    try {
      const desk = open();
      desk.tell({
        name: 'notice',
        code: 'mentioned',
        conversationId: 'c1',
        params: { agent: 'Ana', agentId: 'ana', name: 'Mei Chen', customerName: 'Mei Chen' },
      });
      expect(desk.text).toContain('Ana mentions you');
      act(() => void vi.advanceTimersByTime(19_000));
      expect(desk.text).toContain('Ana mentions you');
      act(() => void vi.advanceTimersByTime(2_000));
      // It fades.
      act(() => void vi.advanceTimersByTime(1_000));
      expect(desk.text).not.toContain('Ana mentions you');
    } finally {
      vi.useRealTimers();
    }
  });
});
