import { expect, test } from 'vitest';
import { defaultLimits } from '../../main/hub/limits';
import { createHubState, replayRecord } from '../../main/hub/state/hub-state';
import type { HubEvent, HubRecord } from '../../main/hub/state/records';

const message = { messageId: '1.1', conversationId: 'c', at: 1, from: { kind: 'system' }, text: '', line: null };

/** Inputs that refer to something that was never recorded. */
const unknown: Record<string, object> = {
  'message.added': { message },
  'conversation.tagged': { conversationId: 'c', tags: [] },
  'conversation.wrappedUp': { conversationId: 'c', code: 'done' },
  'customer.put': { customerId: 'm', name: 'Mei', contact: '' },
  'hours.put': { groupId: 'g', hours: null },
  'leftMessage.moved': { leftMessageId: 'l', groupId: 'g' },
  'leftMessage.done': { leftMessageId: 'l', agentId: 'a' },
};

test.each(Object.keys(unknown))('%s of what was never recorded stops a replay, and is not passed over', (type) => {
  const event = { type, ...unknown[type] } as unknown as HubEvent;
  const record: HubRecord = { seq: 1, at: 1, events: [{ of: 'hub', event }] };
  expect(() => replayRecord(createHubState(defaultLimits), record, 0)).toThrow(/^the state knows no [cgml]$/);
});

test('what may well be gone is passed over: a code that has ended, a device that was signed out, who was erased', () => {
  const state = createHubState(defaultLimits);
  const events = [
    { type: 'code.missed', codeId: 'x' },
    { type: 'device.used', deviceId: 'd', at: 1 },
    { type: 'customer.erased', customerId: 'm', attachmentIds: [] },
  ] as unknown as HubEvent[];
  replayRecord(state, { seq: 1, at: 1, events: events.map((event) => ({ of: 'hub', event })) }, 0);
  expect(state.seq).toBe(1);
});
