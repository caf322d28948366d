import { describe, expect, it } from 'vitest';
import { type Change, changed } from '../../renderer/customer/change';
import { closedOf, endOf, entriesOf, lastAgentName, screenOf, unansweredWords } from '../../renderer/customer/reading';
import { type Group, type PageState, startState } from '../../renderer/customer/state';
import { asksDefault } from '../../shared/protocol/asks';
import type { CustomerEvent, WelcomeCustomer } from '../../shared/protocol/customer-wire';
import type { CustomerConversationView, CustomerMessageView } from '../../shared/protocol/views';

const waiting: CustomerConversationView = {
  conversationId: 'k1',
  stage: 'waiting',
  groupName: 'Sales',
  agentName: null,
  position: 2,
  estimatedWaitSeconds: 60,
  closedBy: null,
  mayLeaveMessage: false,
  seenByAgent: null,
};
const active: CustomerConversationView = { ...waiting, stage: 'active', agentName: 'Li', position: null };
const closed: CustomerConversationView = { ...active, stage: 'closed', agentName: null, closedBy: 'agent' };

function group(groupId: string, fields: Partial<Group> = {}): Group {
  return { groupId, name: groupId, open: true, opensAt: null, closedText: null, ...fields };
}

function message(messageId: string, kind: 'agent' | 'customer' | 'system', text: string): CustomerMessageView {
  const from = kind === 'agent' ? { kind, name: 'Li' } : { kind };
  return { messageId, conversationId: 'k1', at: 1, from, text, line: null };
}

/** This tab's own, as the hub tells it. */
function echo(cid: string, messageId: string, text: string): CustomerMessageView {
  return { ...message(messageId, 'customer', text), cid };
}

function welcomed(mode: WelcomeCustomer['mode'] = 'snapshot'): Change {
  const welcome: WelcomeCustomer = {
    type: 'welcome',
    hubId: 'h',
    epoch: 1,
    seq: 1,
    mode,
    lastN: 0,
    serverTime: 1,
    customerId: 'c1',
    token: null,
    office: { name: 'Nordlys' },
    groups: [group('g1', { name: 'Sales' })],
    customerName: null,
    asks: asksDefault,
  };
  return { type: 'welcomed', welcome };
}

function happened(what: CustomerConversationView | CustomerMessageView): Change {
  const head = { type: 'event', seq: 2, prev: 1, at: 1 } as const;
  const event: CustomerEvent =
    'stage' in what
      ? { ...head, name: 'conversation.changed', conversation: what }
      : { ...head, name: 'message.added', message: what };
  return { type: 'happened', event };
}

const caughtUp: Change = { type: 'caughtUp' };
const said = (cid: string, text: string): Change => ({
  type: 'commandMade',
  cid,
  body: { op: 'message.send', text },
  at: 5,
});
const acked = (cid: string): Change => ({
  type: 'commandAnswered',
  cid,
  answer: { ok: true, seq: 3, result: {} },
});
const refused = (cid: string, code: string, field?: string): Change => ({
  type: 'commandAnswered',
  cid,
  answer: { ok: false, code, message: 'no', field },
});

function after(...changes: Change[]): PageState {
  return changes.reduce(
    changed,
    startState({ dismissedId: null, failed: [], left: null, writingId: null, erased: false }),
  );
}
const shown = (state: PageState) => entriesOf(state).map((entry) => `${entry.text}:${entry.delivery}`);

describe('the screen', () => {
  it('is unknown until the first snapshot is complete', () => {
    expect(screenOf(after())).toBe('connecting');
    expect(screenOf(after(welcomed()))).toBe('connecting');
    expect(screenOf(after(welcomed(), happened(waiting)))).toBe('connecting');
    expect(screenOf(after(welcomed(), caughtUp))).toBe('form');
  });

  it('follows the conversation through all its stages', () => {
    const live = [welcomed(), caughtUp];
    expect(screenOf(after(...live, happened(waiting)))).toBe('queue');
    expect(screenOf(after(...live, happened(active)))).toBe('chat');
    expect(screenOf(after(...live, happened(active), happened(waiting)))).toBe('queue');
    expect(screenOf(after(...live, happened(closed)))).toBe('ended');
  });

  it('shows the same after a reload as before it', () => {
    const history = [happened(active), happened(message('m1', 'agent', 'Hi'))];
    const before = after(welcomed(), caughtUp, ...history);
    const reloaded = after(welcomed(), ...history, caughtUp);
    expect(screenOf(reloaded)).toBe(screenOf(before));
    expect(entriesOf(reloaded)).toEqual(entriesOf(before));
  });

  it('goes back to the form when an ended conversation is put away, and on to the next one', () => {
    const away = after(welcomed(), caughtUp, happened(closed), { type: 'endedDismissed' });
    expect(screenOf(away)).toBe('form');
    expect(screenOf(changed(away, happened({ ...waiting, conversationId: 'k2' })))).toBe('queue');
  });

  it('keeps what is shown while a new snapshot arrives', () => {
    const live = after(welcomed(), caughtUp, happened(active), happened(message('m1', 'agent', 'Hi')));
    const filling = changed(live, welcomed());
    expect(shown(filling)).toEqual(['Hi:null']);
    const full = [happened(active), happened(message('m1', 'agent', 'Hi')), happened(message('m2', 'agent', 'Yes'))];
    expect(shown([...full, caughtUp].reduce(changed, filling))).toEqual(['Hi:null', 'Yes:null']);
  });

  it('only adds after a resume', () => {
    const live = after(welcomed(), caughtUp, happened(active), happened(message('m1', 'agent', 'Hi')));
    const resumed = [welcomed('resume'), happened(message('m2', 'agent', 'Yes')), caughtUp].reduce(changed, live);
    expect(shown(resumed)).toEqual(['Hi:null', 'Yes:null']);
  });
});

describe('own words', () => {
  const live = () => after(welcomed(), caughtUp, happened(active));
  const on = (...changes: Change[]) => changes.reduce(changed, live());

  it('are "sent" only on the acknowledgement', () => {
    expect(shown(on(said('a', 'one')))).toEqual(['one:sending']);
    expect(shown(on(said('a', 'one'), acked('a')))).toEqual(['one:sent']);
  });

  it('stay one bubble with one key when they come back as a message', () => {
    const state = on(said('a', 'one'), acked('a'), happened(echo('a', 'm1', 'one')));
    expect(shown(state)).toEqual(['one:sent']);
    expect(entriesOf(state)[0]?.key).toBe('a');
  });

  it('are two when they are said twice, each with its own message', () => {
    const twice = on(said('a', 'one'), said('b', 'one'), acked('a'), acked('b'));
    const once = changed(twice, happened(echo('a', 'm1', 'one')));
    expect(shown(once)).toEqual(['one:sent', 'one:sent']);
    const both = changed(once, happened(echo('b', 'm2', 'one')));
    expect(shown(both)).toEqual(['one:sent', 'one:sent']);
    expect(entriesOf(both).map((entry) => entry.key)).toEqual(['a', 'b']);
  });

  it('are not taken for the same words of before, or of another tab', () => {
    const before = happened(message('m1', 'customer', 'ok'));
    const sent = on(before, said('a', 'ok'), acked('a'));
    expect(shown(sent)).toEqual(['ok:sent', 'ok:sent']);
    const back = changed(sent, happened(echo('a', 'm2', 'ok')));
    expect(entriesOf(back).map((entry) => entry.key)).toEqual(['m1', 'a']);
    const elsewhere = on(said('a', 'ok'), happened(message('m1', 'customer', 'ok')));
    expect(shown(elsewhere)).toEqual(['ok:sent', 'ok:sending']);
  });

  it('settle as well when the message is there before the answer', () => {
    const state = on(said('a', 'one'), happened(echo('a', 'm1', 'one')), acked('a'));
    expect(shown(state)).toEqual(['one:sent']);
  });

  it('are one bubble, too, between the message and its answer', () => {
    const between = on(said('a', 'one'), happened(echo('a', 'm1', 'one')));
    expect(shown(between)).toEqual(['one:sent']);
    expect(entriesOf(between)[0]?.key).toBe('a');
    expect(shown(changed(between, said('b', 'one')))).toEqual(['one:sent', 'one:sending']);
  });

  it('whose answer was lost with the line are one bubble from the catch-up on, resumed or whole', () => {
    const lost = on(happened(message('m1', 'agent', 'Hi')), said('a', 'one'));
    for (const mode of ['resume', 'snapshot'] as const) {
      const history: CustomerEvent = {
        ...{ type: 'event', seq: 2, prev: 1, at: 1, name: 'conversation.history', conversationId: 'k1' },
        messages: [message('m1', 'agent', 'Hi'), echo('a', 'm2', 'one')],
        earlier: false,
      };
      const whole: Change[] = [happened(active), { type: 'happened', event: history }];
      const missed = mode === 'resume' ? [happened(echo('a', 'm2', 'one'))] : whole;
      const back = [welcomed(mode), ...missed, caughtUp].reduce(changed, lost);
      expect(shown(back)).toEqual(['Hi:null', 'one:sent']);
      expect(shown(changed(back, acked('a')))).toEqual(['Hi:null', 'one:sent']);
    }
  });

  it('are not doubled by the same event twice', () => {
    const hi = happened(message('m1', 'agent', 'Hi'));
    expect(shown(on(hi, hi))).toEqual(['Hi:null']);
  });

  it('stay in their place when they are refused, and can be discarded', () => {
    const hi = happened(message('m1', 'agent', 'Hi'));
    const more = happened(message('m2', 'agent', 'Still there?'));
    const state = on(hi, said('a', 'one'), refused('a', 'rateLimited'), more);
    expect(shown(state)).toEqual(['Hi:null', 'one:failed', 'Still there?:null']);
    expect(entriesOf(state)[1]?.refusedCode).toBe('rateLimited');
    expect(shown(changed(state, { type: 'ownDiscarded', cid: 'a' }))).toEqual(['Hi:null', 'Still there?:null']);
  });

  it('that wait for the line stay below what comes in', () => {
    const state = on(said('a', 'one'), happened(message('m2', 'agent', 'Still there?')));
    expect(shown(state)).toEqual(['Still there?:null', 'one:sending']);
  });

  it('that were acknowledged are not shown beside the snapshot that holds them', () => {
    const state = on(said('a', 'one'), acked('a'), welcomed(), happened(active));
    expect(shown([happened(message('m1', 'customer', 'one')), caughtUp].reduce(changed, state))).toEqual(['one:sent']);
    expect(shown(changed(state, caughtUp))).toEqual([]);
  });
});

describe('opening and leaving', () => {
  const open: Change = {
    type: 'commandMade',
    cid: 'o',
    body: { op: 'conversation.open', name: 'Jonas', text: 'Hello' },
    at: 5,
  };

  it('is under way until the conversation is there', () => {
    const asked = after(welcomed(), caughtUp, open);
    expect(screenOf(asked)).toBe('form');
    expect(asked.opening).toEqual({ cid: 'o', groupId: null, refusal: null });
    const opened = [acked('o'), happened(waiting)].reduce(changed, asked);
    expect(opened.opening).toBeNull();
    expect(shown(opened)).toEqual(['Hello:sent']);
  });

  it('tells the form why it was refused', () => {
    const state = after(welcomed(), caughtUp, open, refused('o', 'invalid', 'name'));
    expect(state.opening?.refusal).toEqual({ code: 'invalid', field: 'name' });
    expect(state.own).toEqual([]);
  });

  it('is leaving until the end is told, and stays when that is refused', () => {
    const leave: Change = { type: 'commandMade', cid: 'l', body: { op: 'conversation.leave' }, at: 5 };
    const asked = after(welcomed(), caughtUp, happened(active), leave);
    expect(asked.leaving).toEqual({ cid: 'l', refused: false });
    expect(changed(asked, refused('l', 'readOnly')).leaving?.refused).toBe(true);
    expect([acked('l'), happened(closed)].reduce(changed, asked).leaving).toBeNull();
  });
});

it('remembers who served once the conversation no longer says so', () => {
  const state = after(welcomed(), caughtUp, happened(active), happened(message('m1', 'agent', 'Hi')), happened(closed));
  expect(lastAgentName(state)).toBe('Li');
});

it('knows an agent who ended it without a word', () => {
  const line = { code: 'endedByAgent', params: { agentName: 'Ana' } } as const;
  const state = after(welcomed(), caughtUp, happened(closed), happened({ ...message('m1', 'system', ''), line }));
  expect(lastAgentName(state)).toBe('Ana');
});

describe('why it ended', () => {
  const line = (code: 'joined' | 'agentLeft' | 'blocked'): Change =>
    happened({ ...message(`${code}-line`, 'system', ''), line: { code, params: { agentName: 'Li' } } });
  const ended = (closedBy: CustomerConversationView['closedBy'], ...before: Change[]) =>
    endOf(after(welcomed(), caughtUp, ...before, happened({ ...closed, closedBy })));

  it('is the agent, or the customer, who was served or only waited', () => {
    expect(ended('agent', line('joined'))).toBe('agent');
    expect(ended('customer', line('joined'))).toBe('customer');
    expect(ended('customer', happened(message('m1', 'customer', 'Hello')))).toBe('leftLine');
  });

  it('is silence only after an answer that was left without one, and neither for who was blocked', () => {
    const hi = happened(message('m1', 'agent', 'Hi'));
    const yes = happened(message('m2', 'customer', 'Yes'));
    expect(ended('system', line('joined'), hi)).toBe('silence');
    expect(ended('system', line('joined'), hi, yes, line('agentLeft'))).toBe('waitLimit');
    expect(ended('system', line('joined'), hi, line('agentLeft'))).toBe('waitLimit');
    expect(ended('system', happened(message('m1', 'customer', 'Hello')))).toBe('waitLimit');
    expect(ended('system', line('joined'), hi, line('blocked'))).toBe('blocked');
    expect(ended('system', line('joined'), hi, yes, line('blocked'))).toBe('blocked');
  });
});

it('takes the words nobody answered for a message to leave', () => {
  const talk = [message('m1', 'customer', 'Hello'), message('m2', 'agent', 'Hi'), message('m3', 'customer', 'one')];
  const state = after(welcomed(), caughtUp, happened(waiting), ...talk.map(happened));
  expect(unansweredWords(state)).toBe('one');
  const more = [
    happened({ ...message('m4', 'system', ''), line: { code: 'agentLeft', params: {} } }),
    happened(message('m5', 'customer', 'two')),
  ];
  expect(unansweredWords(more.reduce(changed, state))).toBe('one\ntwo');
});

describe('closed groups', () => {
  const of = (...groups: Group[]) => {
    const state = after(welcomed(), caughtUp);
    return { ...state, office: state.office && { ...state.office, groups } };
  };
  const shut = (groupId: string, fields: Partial<Group> = {}) => group(groupId, { open: false, ...fields });

  it('close the office only together; it is back with the first of them', () => {
    expect(closedOf(of(group('a'), shut('b')), '')).toBeNull();
    expect(closedOf(of(shut('a', { opensAt: 90 }), shut('b', { opensAt: 70 }), shut('c')), '')?.opensAt).toBe(70);
    expect(closedOf(of(shut('a'), shut('b')), '')?.opensAt).toBeNull();
    expect(closedOf(of(), '')).toBeNull();
  });

  it('speak for themselves once chosen, and with one voice only when they say the same', () => {
    const [a, b] = [shut('a', { closedText: 'Away' }), shut('b', { closedText: 'Holidays' })];
    expect(closedOf(of(a, b), 'b')?.closedText).toBe('Holidays');
    expect(closedOf(of(a, b), '')?.closedText).toBeNull();
    expect(closedOf(of(a, { ...b, closedText: 'Away' }), '')?.closedText).toBe('Away');
    expect(closedOf(of(a, group('b')), 'b')).toBeNull();
  });
});
