import { describe, expect, it } from 'vitest';
import { alertsOf, arrivalId } from '../../renderer/workstation/alerts/alert-watch';
import { readAddress } from '../../renderer/workstation/session/line-url';
import { defaultSettings } from '../../shared/routing/settings';
import { agent, at, conversation, Office } from './office';

const nothing = new Set<string>();

describe('what rings', () => {
  it('is an offer to me, until it is gone by whatever way', () => {
    const office = new Office();
    const offer = conversation('c1', { stage: 'offered', agentId: 'me', offerId: 'o1' });
    office.tell({ name: 'conversation.changed', conversation: offer });
    expect(alertsOf(office.state, nothing, at)).toMatchObject([{ alertId: 'o1', kind: 'incoming' }]);
    office.tell({ name: 'conversation.changed', conversation: conversation('c1') });
    expect(alertsOf(office.state, nothing, at)).toEqual([]);
  });

  it('is never what rings at somebody else', () => {
    const office = new Office();
    office.tell({
      name: 'conversation.changed',
      conversation: conversation('c1', { stage: 'offered', agentId: 'li', offerId: 'o1', fromAgentId: 'me' }),
    });
    expect(alertsOf(office.state, nothing, at)).toEqual([]);
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
    expect(alertsOf(office.state, nothing, at)).toEqual([]);
  });

  it('is in automatic reception a conversation that came, until it is looked at', () => {
    const office = new Office();
    const settings = defaultSettings();
    settings.reception.automatic = true;
    office.tell({ name: 'settings.changed', settings: { ...settings } }, { name: 'agent.changed', agent: agent('me') });
    const came = conversation('c1', { stage: 'active', agentId: 'me', unanswered: 1, since: at + 1 });
    office.tell({ name: 'conversation.changed', conversation: came });
    expect(alertsOf(office.state, nothing, at)).toMatchObject([{ kind: 'assigned', conversationId: 'c1' }]);
    expect(alertsOf(office.state, new Set([arrivalId(came)]), at)).toEqual([]);
  });

  it('is not what was on the desk before this window opened', () => {
    const office = new Office();
    const settings = defaultSettings();
    settings.reception.automatic = true;
    office.tell({ name: 'settings.changed', settings: { ...settings } });
    const old = conversation('c1', { stage: 'active', agentId: 'me', unanswered: 1, since: at - 1 });
    office.tell({ name: 'conversation.changed', conversation: old });
    expect(alertsOf(office.state, nothing, at)).toEqual([]);
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
