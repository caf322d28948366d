// @vitest-environment happy-dom
import { afterEach, describe, expect, it } from 'vitest';
import { EraseCustomer } from '../../renderer/workstation/chat/customer/EraseCustomer';
import { Stage } from './stage';

let stage: Stage;
afterEach(() => stage.close());

const node = <EraseCustomer customerId="c1" name="Mei" />;

describe('erasing a customer', () => {
  it('asks first, says what it means, and stays open when it was refused', async () => {
    stage = new Stage(node);
    stage.tell();
    stage.press('Erase this customer …');
    expect(stage.sent('customer.erase')).toBeUndefined();
    for (const words of ['Erase Mei?', 'can’t be undone', 'Copies that you keep elsewhere'])
      expect(stage.text).toContain(words);
    stage.press('Erase for ever');
    expect(stage.sent('customer.erase')).toMatchObject({ customerId: 'c1' });
    await stage.answer('customer.erase', { type: 'refused', code: 'eraseFailed', message: 'no room' });
    expect(stage.text).toContain('Erase Mei?');
    stage.press('Erase for ever');
    await stage.answer('customer.erase', { type: 'ack', seq: 11 });
    expect(stage.text).not.toContain('Erase Mei?');
  });

  it('is not offered to agents', () => {
    stage = new Stage(node, { role: 'agent' });
    stage.tell();
    expect(stage.host.querySelector('button')).toBeNull();
  });
});
