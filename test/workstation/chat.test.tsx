// @vitest-environment happy-dom
import { afterEach, describe, expect, it } from 'vitest';
import { ConversationList } from '../../renderer/workstation/chat/list/ConversationList';
import { ConversationPane } from '../../renderer/workstation/chat/thread/ConversationPane';
import { noticeWords } from '../../renderer/workstation/shell/Notices';
import { refusalText } from '../../renderer/workstation/ui/refusal-text';
import { createWords } from '../../renderer/workstation/ui/text';
import { defaultSettings } from '../../shared/routing/settings';
import type { Text } from '../../shared/text/workstation-text';
import { agent, conversation, group } from './office';
import { Stage } from './stage';

let stage: Stage | null = null;
afterEach(() => {
  stage?.close();
  stage = null;
});

const t = createWords('en').t as unknown as Text;

function open(options: { role?: 'agent' | 'supervisor'; wrapUpSeconds?: number } = {}) {
  const { role = 'agent', wrapUpSeconds = 0 } = options;
  const page = (
    <>
      <ConversationList />
      <ConversationPane />
    </>
  );
  stage = new Stage(page, { role });
  stage.tell(
    { name: 'settings.changed', settings: { ...defaultSettings(), wrapUpSeconds } },
    { name: 'group.changed', group: group('g1', { name: 'Support' }) },
    { name: 'agent.changed', agent: agent('me', { name: 'Me', role, load: 0 }) },
    { name: 'agent.changed', agent: agent('ana', { name: 'Ana Silva' }) },
  );
  stage.transport.line.receive({ type: 'caughtUp', seq: 14 });
  stage.tell({
    name: 'office.changed',
    office: { name: 'Office', sample: false, diskSpace: 'plenty', tags: [], wrapUpCodes: [] },
  });
  return stage;
}

const show = (fields: Parameters<typeof conversation>[1]) => ({
  name: 'conversation.changed',
  conversation: conversation('c1', fields),
});

describe('left messages', () => {
  const leftMessage = {
    leftMessageId: 'l1',
    customerId: 'k1',
    customerName: 'Jonas Olsen',
    contact: 'jonas@example.net',
    groupId: 'g1',
    text: 'Please call me back about the lamp.',
    at: 1_000_000,
  };

  it('are there with how to reach them until somebody has seen to them', () => {
    const desk = open();
    expect(desk.has('Left messages')).toBe(false);
    desk.tell({ name: 'leftMessage.added', leftMessage });
    const card = desk.named('Left message from Jonas Olsen').textContent;
    for (const part of ['Support', 'jonas@example.net', 'Please call me back']) expect(card).toContain(part);
    // Like a closing it waits a moment, in which it is taken back.
    desk.press('Done with the message from Jonas Olsen');
    desk.move(4_000);
    expect(desk.text).toContain('Undo (1)');
    desk.press('Keep the message from Jonas Olsen open');
    desk.move(10_000);
    expect(desk.sent('leftMessage.done')).toBeUndefined();
    desk.press('Done with the message from Jonas Olsen');
    desk.move(5_000);
    expect(desk.sent('leftMessage.done')).toMatchObject({ leftMessageId: 'l1' });
    desk.tell({ name: 'leftMessage.removed', leftMessageId: 'l1' });
    expect(desk.has('Left messages')).toBe(false);
  });
});

describe('[WU1] a wrap-up', () => {
  it('names the customer, counts down, says why the slot is used, and can be cut short', () => {
    const desk = open({ wrapUpSeconds: 120 });
    desk.tell(show({ stage: 'active', agentId: 'me' }));
    desk.tell(show({ stage: 'closed', agentId: 'me', closedBy: 'agent' }));
    desk.tell({ name: 'agent.changed', agent: agent('me', { load: 1, wrapUps: ['c1'] }) });
    expect(desk.named('Wrapping up: Mei Chen').textContent).toContain('uses a slot for 2:00');
    expect(desk.text).toContain('1 wrapping up · 1 of 5');
    desk.move(30_000);
    desk.press('Done with Mei Chen');
    expect(desk.sent('wrapUp.done')).toMatchObject({ conversationId: 'c1' });
  });

  it('that began before this window opened says what is known', () => {
    const desk = open({ wrapUpSeconds: 120 });
    desk.tell({ name: 'agent.removed', agentId: 'me' }, show({ stage: 'active', agentId: 'ana' }));
    desk.tell({ name: 'agent.changed', agent: agent('me', { load: 2, wrapUps: ['c1', 'c9'] }) });
    const words = (name: string) => desk.named(`Wrapping up: ${name}`).textContent;
    expect(words('Mei Chen')).toBe('Mei Chenwrapping up, uses a slotDoneAdd');
    expect(words('An ended conversation')).toBe('An ended conversationwrapping up, uses a slotDone');
  });
});

describe('[TR1] a claim', () => {
  const claims = () => stage?.sent('conversation.claim');

  it('of what waits is an ordinary one', () => {
    open().tell(show({}));
    stage?.press('Claim Mei Chen');
    expect(claims()).toMatchObject({ conversationId: 'c1' });
    expect(claims()).not.toHaveProperty('force');
  });

  it('of what rings elsewhere is for supervisors, by force', () => {
    const rings = show({ stage: 'offered', agentId: 'ana', offerId: 'o1' });
    open().tell(rings);
    expect(stage?.has('Claim Mei Chen')).toBe(false);
    stage?.close();
    open({ role: 'supervisor' }).tell(rings);
    stage?.press('Claim Mei Chen');
    expect(claims()).toMatchObject({ force: true });
  });

  it('is open to every member for what needs attention, whoever has it; the reason stands beside it', () => {
    const desk = open();
    desk.tell(show({ flagged: true, redirects: 5 }));
    expect(desk.named('Waiting').textContent).toContain('Needs attention · nobody took it · Support');
    desk.tell(show({ flagged: true, stage: 'active', agentId: 'ana' }));
    expect(desk.named('Waiting').textContent).toContain('Needs attention · no reply from Ana Silva · Support');
    desk.press('Claim Mei Chen');
    expect(claims()).toMatchObject({ conversationId: 'c1' });
  });

  it('[CP2] of a supervisor who is full goes beyond capacity', () => {
    const desk = open({ role: 'supervisor' });
    desk.tell({ name: 'agent.changed', agent: agent('me', { role: 'supervisor', load: 5 }) }, show({}));
    desk.press('Claim Mei Chen');
    expect(claims()).toMatchObject({ force: true });
  });
});

describe('[EX1] what happened', () => {
  it('is for supervisors, of any conversation they see, and grows with it', async () => {
    const desk = open({ role: 'supervisor' });
    desk.tell(show({ stage: 'active', agentId: 'ana' }));
    desk.press('Mei Chen, Support, with Ana Silva');
    desk.press('What happened');
    const queued = {
      type: 'conversation.queued',
      at: 1_000_000,
      conversationId: 'c1',
      groupId: 'g1',
      reason: 'opened',
    };
    await desk.answer('conversation.trace', { type: 'ack', seq: 20, result: { trace: [queued], names: {} } });
    expect(desk.text).toContain('Mei Chen arrived and waits in Support.');
    const ended = { type: 'conversation.closed', at: 1_000_500, conversationId: 'c1', by: 'agent', reason: 'ended' };
    const closed = { ...ended, closedByAgentId: 'gone' };
    desk.tell(show({ stage: 'closed', agentId: 'ana', closedBy: 'agent' }));
    const result = { trace: [queued, closed], names: { gone: 'Tom Berg' } };
    await desk.answer('conversation.trace', { type: 'ack', seq: 21, result });
    expect(desk.text).toContain('Tom Berg closed it.');
  });

  it('is not for agents', () => {
    const desk = open();
    desk.tell(show({}));
    desk.press('Mei Chen, Support, in the queue');
    expect(desk.text).not.toContain('What happened');
  });

  it('says why when it cannot be read', async () => {
    const desk = open({ role: 'supervisor' });
    desk.tell(show({}));
    desk.press('Mei Chen, Support, in the queue');
    desk.press('What happened');
    await desk.answer('conversation.trace', { type: 'refused', code: 'unknownConversation', message: 'gone' });
    expect(desk.text).toContain('The record could not be read');
    expect(desk.text).toContain('This conversation is gone.');
  });
});

describe('a refusal', () => {
  it.each([
    ['alreadyTaken', 'Ana Silva was faster.'],
    ['offerGone', 'Too late: Ana Silva has it.'],
    ['notAllowed', 'It rings at Ana Silva now.'],
    ['notYours', 'Ana Silva has this conversation.'],
    ['agentFull', 'Ana Silva is full.'],
  ])('%s names who it is about', (code, words) => {
    const now = { agentId: 'ana' };
    expect(refusalText(t, { code, message: '', now }, () => 'Ana Silva')).toBe(words);
    expect(refusalText(t, { code, message: '' }, () => 'Ana Silva')).not.toContain('Ana');
  });

  it('for too many tries says how long to wait', () => {
    const refusal = { code: 'tooManyTries', message: '', now: { retryAfterMs: 4_000 } };
    expect(refusalText(t, refusal)).toContain('Wait 0:04,');
  });
});

describe('a notice', () => {
  const say = (code: string, params: Record<string, string>) => noticeWords(t, { code, params });

  it('[ST2] lists what came back', () => {
    const params = { name: 'Ana Silva', customers: 'Mei Chen, Jonas Olsen' };
    expect(say('agentOffline', { ...params, count: '2' })).toBe(
      'Ana Silva lost the connection. 2 conversations are back in the queue: Mei Chen, Jonas Olsen.',
    );
    expect(say('agentOffline', { ...params, count: '0', customers: '' })).toBe(
      'Ana Silva lost the connection and is offline now.',
    );
  });

  it('[TR2] says why a transfer came back, where the hub tells', () => {
    const params = { agent: 'Ana Silva', name: 'Mei Chen' };
    expect(say('returnedToYou', params)).toBe('Ana Silva did not take Mei Chen. The conversation is yours again.');
    expect(say('returnedToYou', { ...params, outcome: 'declined' })).toContain('Ana Silva declined Mei Chen.');
    expect(say('returnedToYou', { ...params, outcome: 'timedOut' })).toContain('Ana Silva did not answer in time.');
  });

  it('of a newer hub is not kept from anybody', () => {
    expect(say('somethingNew', {})).toBe('The hub says: somethingNew');
  });
});
