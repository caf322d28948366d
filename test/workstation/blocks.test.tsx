// @vitest-environment happy-dom
import { act } from 'react';
import { afterEach, describe, expect, it } from 'vitest';
import { BlockCustomer } from '../../renderer/workstation/chat/customer/BlockCustomer';
import { BlocksPage } from '../../renderer/workstation/settings/office/BlocksPage';
import { conversation } from './office';
import { Stage } from './stage';

let stage: Stage;
afterEach(() => stage.close());

const dayMs = 24 * 60 * 60_000;
const mine = conversation('c1', { customerId: 'mei', stage: 'active', agentId: 'me' });

const block = {
  blockId: 'b1',
  customerId: 'mei',
  customerName: 'Mei Chen',
  address: '203.0.113.7',
  note: 'Spam',
  by: { agentId: 'ana', name: 'Ana Silva' },
  at: 1_800_000_000_000,
  until: null,
};

describe('blocking a customer', () => {
  it('asks for how long and why, and says whom the address shuts out, too', async () => {
    stage = new Stage(<BlockCustomer conversation={mine} />);
    stage.tell();
    stage.press('Block this customer …');
    expect(stage.sent('customer.address')).toMatchObject({ customerId: 'mei' });
    await stage.answer('customer.address', { type: 'ack', seq: 11, result: { address: '203.0.113.7', others: 2 } });
    expect(stage.text).toContain('Their address, too: 203.0.113.7');
    expect(stage.text).toContain('2 other customers are connected from there, and are shut out with them.');
    act(() => document.body.querySelector<HTMLInputElement>('input[type=radio][value="block.month"]')?.click());
    act(() => document.body.querySelector<HTMLInputElement>('input[type=checkbox]')?.click());
    const why = document.body.querySelector<HTMLInputElement>('input[maxlength="200"]');
    why?.setAttribute('aria-label', 'why');
    stage.type('why', ' always the same advertisement ');
    stage.press('Block');
    const wanted = { customerId: 'mei', forMs: 30 * dayMs, address: true, note: 'always the same advertisement' };
    expect(stage.sent('customer.block')).toMatchObject(wanted);
    await stage.answer('customer.block', { type: 'refused', code: 'addressUnknown', message: 'no' });
    expect(stage.text).toContain('Block Mei Chen?');
    stage.press('Block');
    await stage.answer('customer.block', { type: 'ack', seq: 12 });
    expect(stage.text).not.toContain('Block Mei Chen?');
  });

  it('leaves an address that others write from to supervisors, and says why', async () => {
    stage = new Stage(<BlockCustomer conversation={mine} />, { role: 'agent' });
    stage.tell();
    stage.press('Block this customer …');
    await stage.answer('customer.address', { type: 'ack', seq: 11, result: { address: '203.0.113.7', others: 1 } });
    expect(stage.text).toContain('1 other customer is connected from there. Only a supervisor can shut them out');
    expect(document.body.querySelector<HTMLInputElement>('input[type=checkbox]')?.disabled).toBe(true);
    stage.press('Block');
    expect(stage.sent('customer.block')).toMatchObject({ address: false });
  });

  it('says so where the address can’t be blocked, and blocks for a day without it', async () => {
    stage = new Stage(<BlockCustomer conversation={mine} />, { role: 'agent', language: 'zh' });
    stage.tell();
    stage.press('屏蔽此客户…');
    await stage.answer('customer.address', { type: 'ack', seq: 11, result: { address: null, others: 0 } });
    expect(stage.text).toContain('其地址无法屏蔽');
    stage.press('屏蔽');
    expect(stage.sent('customer.block')).toMatchObject({ forMs: dayMs, address: false, note: '' });
  });

  it.each([
    ['en', 'Blocked until', 'Blocked for good', 'Block this customer …'],
    ['zh', '已屏蔽至', '已永久屏蔽', '屏蔽此客户…'],
  ] as const)(
    'is not offered for whoever is blocked: until when stands there (%s)',
    (language, until, good, action) => {
      stage = new Stage(<BlockCustomer conversation={mine} />, { language });
      stage.tell({ name: 'blocks.changed', blocks: [{ ...block, until: 1_800_000_000_000 }] });
      expect(stage.text).toContain(until);
      expect(stage.text).toContain('2027');
      expect(stage.text).not.toContain(action);
      stage.tell({ name: 'blocks.changed', blocks: [block] });
      expect(stage.text).toContain(good);
      stage.tell({ name: 'blocks.changed', blocks: [] });
      expect(stage.text).toContain(action);
    },
  );

  it('is for whoever serves them, and for supervisors', () => {
    const theirs = conversation('c1', { stage: 'active', agentId: 'ana' });
    stage = new Stage(<BlockCustomer conversation={theirs} />, { role: 'agent' });
    stage.tell();
    expect(stage.host.querySelector('button')).toBeNull();
    stage.close();
    stage = new Stage(<BlockCustomer conversation={theirs} />);
    stage.tell();
    expect(stage.host.querySelector('button')).not.toBeNull();
  });
});

describe('the blocked customers', () => {
  it('are listed with why, by whom and until when, and let in again', async () => {
    stage = new Stage(<BlocksPage />);
    // With the snapshot, as after every start.
    stage.tell({ name: 'blocks.changed', blocks: [block, { ...block, blockId: 'b2', customerName: null, until: 1 }] });
    stage.transport.line.receive({ type: 'caughtUp', seq: 11 });
    await stage.settle();
    for (const words of [
      'Mei Chen',
      'and from 203.0.113.7',
      'Spam',
      'Ana Silva',
      'for good',
      'A customer of whom nothing else is kept',
    ])
      expect(stage.text).toContain(words);
    stage.press('End the block of Mei Chen');
    expect(stage.sent('block.lift')).toMatchObject({ blockId: 'b1' });
    stage.tell({ name: 'blocks.changed', blocks: [] });
    expect(stage.text).toContain('Nobody is blocked.');
  });

  it('keep the focus among them when one is let in', () => {
    const blocks = ['b1', 'b2', 'b3'].map((blockId, i) => ({ ...block, blockId, customerName: blockId, at: 9 - i }));
    stage = new Stage(
      <main data-pane="page" tabIndex={-1}>
        <BlocksPage />
      </main>,
    );
    const focused = () => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.localName;
    const left = (...ids: string[]) =>
      stage.tell({ name: 'blocks.changed', blocks: blocks.filter(({ blockId }) => ids.includes(blockId)) });
    left('b1', 'b2', 'b3');
    stage.named('End the block of b2').focus();
    left('b1', 'b3');
    expect(focused()).toBe('End the block of b3');
    left('b1');
    expect(focused()).toBe('End the block of b1');
    left();
    expect(focused()).toBe('main');
  });
});
