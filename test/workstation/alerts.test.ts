import { describe, expect, it } from 'vitest';
import { alertsOf, nextAlertAt } from '../../renderer/workstation/alerts/alert-watch';
import { readAddress } from '../../renderer/workstation/session/line-url';
import { defaultSettings } from '../../shared/routing/settings';
import { agent, at, conversation, message, Office } from './office';

const mine = { stage: 'active', agentId: 'me' } as const;

describe('what rings', () => {
  it('is an offer to me, until it is gone by whatever way', () => {
    const office = new Office();
    const offer = conversation('c1', { stage: 'offered', agentId: 'me', offerId: 'o1' });
    office.tell({ name: 'conversation.changed', conversation: offer });
    expect(alertsOf(office.state, at)).toMatchObject([{ alertId: 'o1', kind: 'incoming' }]);
    office.tell({ name: 'conversation.changed', conversation: conversation('c1') });
    expect(alertsOf(office.state, at)).toEqual([]);
  });

  it('is never what rings at somebody else', () => {
    const office = new Office();
    office.tell({
      name: 'conversation.changed',
      conversation: conversation('c1', { stage: 'offered', agentId: 'li', offerId: 'o1', fromAgentId: 'me' }),
    });
    expect(alertsOf(office.state, at)).toEqual([]);
  });

  it('is silent without a link: nobody knows whether it still rings', () => {
    const office = new Office();
    office.tell({
      name: 'conversation.changed',
      conversation: conversation('c1', { stage: 'offered', agentId: 'me', offerId: 'o1' }),
    });
    office.store.dispatch({
      kind: 'linkChanged',
      link: { state: 'down', since: at, reason: 'lost', retryAt: null },
    });
    expect(alertsOf(office.state, at)).toEqual([]);
  });

  it('is in automatic reception a conversation that came, until it is looked at', () => {
    const office = new Office();
    const settings = defaultSettings();
    settings.reception.automatic = true;
    office.tell({ name: 'settings.changed', settings: { ...settings } }, { name: 'agent.changed', agent: agent('me') });
    const came = conversation('c1', { stage: 'active', agentId: 'me', unanswered: 1, since: at + 1 });
    office.tell({ name: 'conversation.changed', conversation: came });
    expect(alertsOf(office.state, at)).toMatchObject([{ kind: 'assigned', conversationId: 'c1' }]);
    office.store.dispatch({ kind: 'seen', conversationId: 'c1' });
    expect(alertsOf(office.state, at)).toEqual([]);
  });

  it('is not what was on the desk before this window opened, but its unread words are told', () => {
    const settings = defaultSettings();
    settings.reception.automatic = true;
    const old = conversation('c1', { ...mine, unanswered: 1, unansweredSince: at - 1, since: at - 1 });
    const office = new Office(
      () => false,
      { name: 'settings.changed', settings: { ...settings } },
      { name: 'conversation.changed', conversation: old },
    );
    expect(alertsOf(office.state, at)).toMatchObject([{ kind: 'words', preview: 'Hello' }]);
  });
});

describe('what sounds once', () => {
  const words = (office: Office) => alertsOf(office.state, at).map(({ kind, preview }) => [kind, preview]);

  it('is what the customer of my conversation writes, the newest words', () => {
    const office = new Office();
    office.tell({ name: 'conversation.changed', conversation: conversation('c1', mine) });
    expect(words(office)).toEqual([]);
    office.tell({ name: 'message.added', message: message('one') }, { name: 'message.added', message: message('two') });
    expect(words(office)).toEqual([['words', 'two']]);
    expect(office.state.unread.get('c1')?.count).toBe(2);
  });

  it('is nothing that I have before me', () => {
    const office = new Office((id) => id === 'c1');
    office.tell({ name: 'conversation.changed', conversation: conversation('c1', mine) });
    office.tell({ name: 'message.added', message: message('one') });
    expect(words(office)).toEqual([]);
  });

  it('is over when I look, when it is answered, and when it leaves me', () => {
    const office = new Office();
    const written = () => {
      office.tell({ name: 'conversation.changed', conversation: conversation('c1', mine) });
      office.tell({ name: 'message.added', message: message(`${Math.max(0, office.state.messages.size)}${next++}`) });
      expect(words(office)).toHaveLength(1);
    };
    let next = 0;
    written();
    office.store.dispatch({ kind: 'seen', conversationId: 'c1' });
    expect(words(office)).toEqual([]);
    written();
    const from = { kind: 'agent', agentId: 'me', name: 'Me' } as const;
    office.tell({ name: 'message.added', message: message('answer', { from }) });
    expect(words(office)).toEqual([]);
    written();
    office.tell({ name: 'conversation.changed', conversation: conversation('c1', { stage: 'waiting' }) });
    expect(words(office)).toEqual([]);
    written();
    office.tell({ name: 'conversation.removed', conversationId: 'c1' });
    expect(words(office)).toEqual([]);
  });

  it('is never what the customer of a colleague writes, nor a note', () => {
    const office = new Office();
    office.tell({ name: 'conversation.changed', conversation: conversation('c1', { ...mine, agentId: 'li' }) });
    office.tell({ name: 'message.added', message: message('one') });
    office.tell({ name: 'conversation.changed', conversation: conversation('c2', mine) });
    const from = { kind: 'note', agentId: 'li', name: 'Li' } as const;
    office.tell({ name: 'message.added', message: message('note', { conversationId: 'c2', from }) });
    expect(words(office)).toEqual([]);
  });

  it('is what came while the line was gone and only a snapshot tells of, and not what I knew', () => {
    const office = new Office();
    const told = (unanswered: number) =>
      office.snapshot({
        name: 'conversation.changed',
        conversation: conversation('c1', { ...mine, unanswered, unansweredSince: unanswered === 0 ? null : at }),
      });
    told(0);
    told(2);
    expect(office.state.unread.get('c1')).toMatchObject({ count: 2, arrived: false });
    office.store.dispatch({ kind: 'seen', conversationId: 'c1' });
    told(2);
    expect(words(office)).toEqual([]);
    told(3);
    expect(office.state.unread.get('c1')?.count).toBe(1);
  });

  it('[RD1] is that the time for my first answer runs out, ten seconds before, and only until I answer', () => {
    const office = new Office();
    const attendBy = at + 30_000;
    office.tell({ name: 'conversation.changed', conversation: conversation('c1', { ...mine, attendBy }) });
    office.store.dispatch({ kind: 'seen', conversationId: 'c1' });
    expect(nextAlertAt(office.state, at)).toBe(at + 20_000);
    expect(alertsOf(office.state, at + 19_999)).toEqual([]);
    expect(alertsOf(office.state, at + 20_000)).toMatchObject([{ kind: 'hurry' }]);
    office.tell({ name: 'conversation.changed', conversation: conversation('c1', mine) });
    expect(alertsOf(office.state, at + 20_000)).toEqual([]);
  });
});

describe('[UN1] words without an answer', () => {
  const overdue = (role: 'agent' | 'supervisor', fields: object) => {
    const office = new Office();
    office.store.dispatch({ kind: 'welcomed', me: { agentId: 'me', role }, customerUrl: '' });
    const late = conversation('c1', { ...mine, unanswered: 1, unansweredSince: at, ...fields });
    office.tell({ name: 'conversation.changed', conversation: late });
    return alertsOf(office.state, at).map(({ kind }) => kind);
  };

  it('alert their agent once more, and supervisors when they are told', () => {
    expect(overdue('agent', { overdue: 'agent' })).toEqual(['overdue']);
    expect(overdue('agent', { overdue: 'supervisors', agentId: 'li' })).toEqual([]);
    expect(overdue('supervisor', { overdue: 'agent', agentId: 'li' })).toEqual([]);
    expect(overdue('supervisor', { overdue: 'supervisors', agentId: 'li' })).toEqual(['overdue']);
  });
});

describe("a hub's address as typed", () => {
  it.each([
    ['127.0.0.1:4400', 'ws://127.0.0.1:4400'],
    [' ws://127.0.0.1:4400/ws ', 'ws://127.0.0.1:4400'],
    ['http://localhost:4400/', 'ws://localhost:4400'],
    ['https://office.example', 'wss://office.example'],
    ['', null],
    ['not an address', null],
    ['ftp://127.0.0.1', null],
    ['ws://user@127.0.0.1:1', null],
    ['127.0.0.1:4400/other', null],
  ])('%s → %s', (typed, address) => {
    expect(readAddress(typed)).toBe(address);
  });
});
