import { describe, expect, test } from 'vitest';
import { asksDefault } from '../../shared/protocol/asks';
import { TestHub } from '../support/hub';

async function asking(asks: object = asksDefault) {
  const office = await TestHub.start();
  const sam = await office.supervisor();
  expect(sam.command({ op: 'office.put', asks: { ...asksDefault, ...asks } }).type).toBe('ack');
  const mei = await office.customer('Mei', null, { language: 'zh' });
  const open = (fields: object = {}) => mei.command({ op: 'conversation.open', ...fields });
  return { office, sam, mei, open };
}

describe('what customers are asked', () => {
  test('is a name, as ever, unless a supervisor has said otherwise', async () => {
    const office = await TestHub.start();
    const mei = await office.customer('Mei', null);
    expect(mei.welcome.asks).toEqual({ name: 'required', contact: 'off', group: true });
    const refusal = { type: 'refused', code: 'nameNeeded', field: 'name' };
    expect(mei.command({ op: 'conversation.open' })).toMatchObject(refusal);
    expect(mei.command({ op: 'message.leave', contact: 'x', text: 'Hello' })).toMatchObject(refusal);
    expect(office.hub.state.customers.size).toBe(0);
    expect(mei.command({ op: 'conversation.open', name: 'Mei' }).type).toBe('ack');
  });

  test('is told to those who are there, kept over a restart, in the audit log, and left alone by other changes', async () => {
    const { office, sam, mei } = await asking();
    const asks = { name: 'off', contact: 'required', group: false };
    sam.command({ op: 'office.put', asks });
    sam.command({ op: 'office.put', name: 'Nordlys' });
    expect(mei.events('asks.changed').at(-1).asks).toEqual(asks);
    expect(sam.events('office.changed').at(-1).office).toMatchObject({ name: 'Nordlys', asks });
    const { entries } = (await sam.asked({ op: 'audit.list', before: null, length: 2 })).result;
    expect(entries[1].changes).toEqual([
      { field: 'asks.name', before: 'required', after: 'off' },
      { field: 'asks.contact', before: 'off', after: 'required' },
      { field: 'asks.group', before: true, after: false },
    ]);
    const next = await office.restart();
    expect((await next.customer('Li', null)).welcome.asks).toEqual(asks);
  });

  test.each([{ name: 'maybe' }, { group: 'off' }, { age: 'required' }])('%o is refused', async (wrong) => {
    const { sam } = await asking();
    const put = { op: 'office.put', asks: { ...asksDefault, ...wrong } };
    expect(sam.command(put)).toMatchObject({ type: 'refused', code: 'invalid' });
  });
});

test('who gives no name is a visitor, in the language of their page, until somebody says who they are', async () => {
  const { sam, mei, open, office } = await asking({ name: 'optional' });
  expect(open({ text: 'Hello' }).type).toBe('ack');
  const visitor = `访客 ${mei.welcome.customerId.slice(-4)}`;
  expect(sam.conversation.customerName).toBe(visitor);
  const hello = { token: mei.welcome.token, deviceId: 'other-tab' };
  expect((await office.customer('Mei', null, hello)).welcome.customerName).toBeNull();
  const { conversationId } = sam.conversation;
  sam.command({ op: 'customer.put', conversationId, name: 'Mei Chen' });
  mei.command({ op: 'message.leave', contact: '', text: 'Write to me' });
  expect(sam.events('leftMessage.added').at(-1).leftMessage.customerName).toBe('Mei Chen');
  expect((await office.customer('Mei', null, { ...hello, deviceId: 'third' })).welcome.customerName).toBe('Mei Chen');
});

test('a visitor has to say who they are once that is required, somebody who is known has not', async () => {
  const { sam, open, mei } = await asking({ name: 'off' });
  open();
  mei.command({ op: 'conversation.leave' });
  sam.command({ op: 'office.put', asks: asksDefault });
  expect(open()).toMatchObject({ code: 'nameNeeded' });
  expect(open({ name: 'Mei' }).type).toBe('ack');
  mei.command({ op: 'conversation.leave' });
  expect(open().type).toBe('ack');
});

test('a contact that is required is asked for once', async () => {
  const { office, sam, mei, open } = await asking({ contact: 'required' });
  expect(open({ name: 'Mei' })).toMatchObject({ type: 'refused', code: 'contactNeeded', field: 'contact' });
  expect(open({ name: 'Mei', contact: '  ' })).toMatchObject({ code: 'contactNeeded' });
  expect(sam.conversations).toEqual([]);
  expect(open({ name: 'Mei', contact: '0123' }).type).toBe('ack');
  expect(sam.conversation.profile.contact).toBe('0123');
  const back = await office.customer('Mei', null, { token: mei.welcome.token, deviceId: 'other-tab' });
  expect(back.welcome.asks).toEqual({ name: 'required', contact: 'off', group: true });
  mei.command({ op: 'conversation.leave' });
  expect(open({ name: 'Mei' }).type).toBe('ack');
});
