import { describe, expect, it } from 'vitest';
import type { SettingsPatch } from '../../shared/routing';
import { Office, ofType } from '../support/routing';

/** Ann has accepted c, whose customer has just written. */
function written(settings: SettingsPatch = {}): Office {
  const desk = new Office(settings).group('sales').agent('ann').agent('ben', { status: 'offline' });
  desk.open('c');
  desk.accept('c');
  write(desk);
  return desk;
}

function write(desk: Office, conversationId = 'c') {
  desk.do('message.sent', { conversationId, from: 'customer' });
}

const told = (events: ReturnType<Office['pass']>) => ofType(events, 'conversation.overdue').map(({ to }) => to);

describe('words without an answer', () => {
  it('[UN1] alert the agent after ten minutes, the supervisors a minute later, each once', () => {
    const desk = written();
    expect(told(desk.pass(599.999))).toEqual([]);
    expect(told(desk.pass(0.001))).toEqual(['agent']);
    expect(desk.conversation('c').overdue).toBe('agent');
    expect(told(desk.pass(59.999))).toEqual([]);
    expect(told(desk.pass(0.001))).toEqual(['supervisors']);
    expect(desk.conversation('c').overdue).toBe('supervisors');
    write(desk);
    expect(told(desk.pass(36_000))).toEqual([]);
    expect(desk.where('c')).toBe('with ann');
  });

  it('[UN1] count from the first of them, and anew after an answer', () => {
    const desk = written();
    desk.pass(500);
    write(desk);
    expect(told(desk.pass(100))).toEqual(['agent']);
    desk.reply('c');
    expect(desk.conversation('c').overdue).toBeUndefined();
    expect(told(desk.pass(3_600))).toEqual([]);
    write(desk);
    expect(told(desk.pass(600))).toEqual(['agent']);
  });

  it('[UN1] alert the supervisors at once when nobody has the conversation, waiting or ringing', () => {
    const desk = new Office().group('sales').agent('ann', { status: 'offline' });
    desk.open('c');
    write(desk);
    expect(told(desk.pass(600))).toEqual(['supervisors']);
    const ringing = new Office().group('sales').agent('ann');
    ringing.open('c');
    write(ringing);
    expect(told(ringing.pass(600))).toEqual(['supervisors']);
    expect(ringing.where('c')).toBe('rings ann');
  });

  it('[UN1] alert the supervisors no sooner than a limit that was raised meanwhile', () => {
    const desk = written();
    expect(told(desk.pass(600))).toEqual(['agent']);
    desk.do('settings.update', { settings: { unanswered: { alertMinutes: 20 } } });
    expect(told(desk.pass(599.999))).toEqual([]);
    expect(told(desk.pass(0.001))).toEqual(['supervisors']);
  });

  it('[UN1] alert the sender of a transfer that rings', () => {
    const desk = written();
    desk.status('ben', 'busy');
    desk.do('conversation.transfer', { agentId: 'ann', conversationId: 'c', to: { agentId: 'ben' } });
    const events = desk.pass(600);
    expect(ofType(events, 'conversation.overdue')).toMatchObject([{ to: 'agent', agentId: 'ann' }]);
  });

  it('[UN1] run on over a change of agent and a restart, and alert nobody twice', () => {
    const desk = written();
    expect(told(desk.pass(600))).toEqual(['agent']);
    desk.do('hub.started', {});
    desk.do('agent.connect', { agentId: 'ann' });
    expect(told(desk.pass(60))).toEqual(['supervisors']);
    desk.do('agent.remove', { agentId: 'ann' });
    expect(told(desk.pass(36_000))).toEqual([]);
  });

  it('[UN1] run on from the first of them that a late answer had not seen', () => {
    const desk = written({ customerSilenceSeconds: 60 });
    desk.pass(300);
    write(desk);
    const unseenSince = desk.at;
    desk.pass(100);
    desk.do('message.sent', { conversationId: 'c', from: 'agent', unseenSince });
    expect(told(desk.pass(499.999))).toEqual([]);
    expect(told(desk.pass(0.001))).toEqual(['agent']);
    expect(told(desk.pass(60))).toEqual(['supervisors']);
    desk.reply('c');
    expect(told(desk.pass(120))).toEqual([]);
    expect(desk.where('c')).toBe('closed');
  });

  it('[UN1] alert anew at once when a late answer leaves what nobody had answered in time', () => {
    const desk = written();
    const unseenSince = desk.at;
    desk.pass(3_600);
    const { events } = desk.do('message.sent', { conversationId: 'c', from: 'agent', unseenSince });
    expect(told(events)).toEqual(['agent']);
    expect(told(desk.pass(60))).toEqual(['supervisors']);
  });

  it('[UN1] run anew when what ended without an answer is taken up again', () => {
    const desk = written();
    desk.pass(500);
    desk.close('c');
    desk.pass(300);
    desk.do('conversation.reopen', { conversationId: 'c' });
    expect(told(desk.pass(599.999))).toEqual([]);
    expect(told(desk.pass(0.001))).toEqual(['supervisors']);
    const answered = written();
    answered.reply('c');
    answered.close('c');
    answered.do('conversation.reopen', { conversationId: 'c' });
    expect(told(answered.pass(3_600))).toEqual([]);
  });

  it('[UN1] alert nobody with 0, and follow a change of the figure at once, a group its own', () => {
    const desk = written({ unanswered: { alertMinutes: 0 } });
    expect(told(desk.pass(36_000))).toEqual([]);
    desk.group('sales', { unanswered: { alertMinutes: 2 } });
    expect(told(desk.last.events)).toEqual(['agent']);
  });

  it('[UN1] a saved office from before has the figure by default', () => {
    const desk = new Office();
    const { unanswered: _, ...settings } = desk.state.settings;
    desk.recorded.splice(0);
    desk.state.settings = settings as typeof desk.state.settings;
    expect(desk.do('settings.update', { settings: { wrapUpSeconds: 5 } }).events).toHaveLength(1);
    expect(desk.state.settings.unanswered.alertMinutes).toBe(10);
  });
});
