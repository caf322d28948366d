// @vitest-environment happy-dom
import { afterEach, describe, expect, it } from 'vitest';
import { LeftMessages } from '../../renderer/workstation/chat/left/LeftMessages';
import { mailLink } from '../../renderer/workstation/chat/left/mail-link';
import { agent } from './office';
import { Stage } from './stage';

const left = {
  leftMessageId: 'left-1',
  customerId: 'customer-1',
  customerName: 'Mei',
  contact: 'mei@example.com',
  groupId: 'g1',
  text: 'Please call me back.',
  at: 0,
};

describe('A left message', () => {
  let stage: Stage;
  afterEach(() => stage.close());
  const show = (more: object = {}, role: 'agent' | 'supervisor' = 'agent') => {
    stage = new Stage(<LeftMessages />, { role });
    stage.tell(
      { name: 'office.changed', office: { name: 'Test', tags: ['refund'], wrapUpCodes: [] } },
      { name: 'agent.changed', agent: agent('me') },
      { name: 'leftMessage.added', leftMessage: { ...left, ...more } },
    );
  };

  it('is taken, and given back', async () => {
    show();
    stage.press('Take on the message from Mei');
    expect(stage.sent('leftMessage.put')).toMatchObject({ leftMessageId: 'left-1', taken: true });
    await stage.answer('leftMessage.put', { type: 'ack', seq: 12 });
    stage.tell({ name: 'leftMessage.added', leftMessage: { ...left, takenBy: { agentId: 'me', name: 'Ana' } } });
    expect(stage.text).toContain('you have it');
    stage.press('Give back the message from Mei');
    expect(stage.sent('leftMessage.put')).toMatchObject({ taken: false });
  });

  it('that a colleague has says so, and only a supervisor can take it', () => {
    const takenBy = { agentId: 'ben', name: 'Ben' };
    show({ takenBy });
    expect(stage.text).toContain('Ben has it');
    expect(stage.has('Take on the message from Mei')).toBe(false);
    stage.close();
    show({ takenBy }, 'supervisor');
    expect(stage.has('Take on the message from Mei')).toBe(true);
  });

  it('is answered by mail where there is an address, quoting it', () => {
    show();
    stage.press('Answer the message from Mei by mail');
    expect(stage.opened.map(decodeURIComponent)).toEqual([
      'mailto:mei@example.com?subject=Your message to Test&body=\r\n\r\n> Please call me back.\r\n',
    ]);
    stage.close();
    show({ contact: '+351 912 345 678' });
    expect(stage.has('Answer the message from Mei by mail')).toBe(false);
  });

  it('gets a note and tags, which all see', async () => {
    show({ tags: ['refund'], note: 'Rang twice' });
    expect(stage.text).toContain('Rang twice');
    expect(stage.text).toContain('refund');
    stage.press('Note and tags for the message from Mei');
    expect(stage.has('Done with the message from Mei')).toBe(false);
    stage.type('Note on the message from Mei', ' Rang again ');
    stage.press('Save');
    expect(stage.sent('leftMessage.put')).toMatchObject({ note: 'Rang again', tags: ['refund'] });
    await stage.answer('leftMessage.put', { type: 'ack', seq: 12 });
    expect(stage.has('Note on the message from Mei')).toBe(false);
    expect(stage.has('Done with the message from Mei')).toBe(true);
  });

  it('becomes a conversation while its customer is there', async () => {
    show();
    expect(stage.has('Start a conversation with Mei')).toBe(false);
    stage.tell({ name: 'leftMessage.added', leftMessage: { ...left, customerConnected: true } });
    stage.press('Start a conversation with Mei');
    expect(stage.sent('leftMessage.begin')).toMatchObject({ leftMessageId: 'left-1' });
    await stage.answer('leftMessage.begin', { type: 'ack', seq: 12, result: { conversationId: 'c9' } });
    expect(stage.selected()).toBe('c9');
  });
});

describe('A mail', () => {
  it('goes to the address that stands in the contact, whatever stands beside it', () => {
    expect(mailLink('Mei Chen <mei.chen@shop.example>, or by phone', 's', 't')).toMatch(
      /^mailto:mei\.chen@shop\.example\?/,
    );
    expect(mailLink('mei@example.com.', 's', 't')).toMatch(/^mailto:mei@example\.com\?/);
    for (const contact of ['', '@mei', 'mei@home', '912 345 678']) expect(mailLink(contact, 's', 't')).toBeNull();
  });

  it('is as short as the desktop opens, and never cut in a character', () => {
    const link = mailLink('mei@example.com', 's', `${'好'.repeat(100)}\n`.repeat(40))!;
    expect(link.length).toBeLessThanOrEqual(2_048);
    expect(decodeURIComponent(link)).toContain(`> ${'好'.repeat(100)}\r\n`);
    expect(() => mailLink('mei@example.com', 's', '\ud83d')).not.toThrow();
  });
});
