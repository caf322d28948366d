// @vitest-environment happy-dom
import { act } from 'react';
import { afterEach, describe, expect, it } from 'vitest';
import { Profile } from '../../renderer/workstation/chat/customer/Profile';
import type { CustomerProfile } from '../../shared/protocol/customer-profile';
import type { ConversationView } from '../../shared/protocol/views';
import { conversation } from './office';
import { Stage } from './stage';

const unknown: CustomerProfile = {
  contact: '',
  language: 'en',
  firstSeenAt: null,
  endedCount: null,
  lastEndedAt: null,
};
const day = Date.UTC(2026, 10, 3, 12);

describe('Profile', () => {
  let stage: Stage;
  const show = (profile: Partial<CustomerProfile>, fields: Partial<ConversationView> = {}, role = 'agent' as const) => {
    const mine = { customerName: 'Mei', stage: 'active' as const, agentId: 'me', ...fields };
    const shown = conversation('c1', { ...mine, profile: { ...unknown, ...profile } });
    stage = new Stage(<Profile conversation={shown} />, { role });
  };
  const labels = () => [...stage.host.querySelectorAll('dt')].map((each) => each.textContent);
  const values = () => [...stage.host.querySelectorAll('dd')].map((each) => each.textContent);
  afterEach(() => stage.close());

  it('has no rows for what is not known, but a way to add the contact', () => {
    show({});
    expect(labels()).toEqual(['Page in']);
    expect(stage.named('Add contact')).toBeDefined();
  });

  it('says all that is known', () => {
    const page = { title: 'Garden chairs', url: 'https://shop.example/chairs' };
    show({ contact: '0123 456', language: 'zh', page, firstSeenAt: day, endedCount: 2, lastEndedAt: day });
    expect(labels()).toEqual(['Contact', 'Writes from', 'Page in', 'First here', 'Before']);
    const [contact, from, language, first, before] = values();
    expect([contact, from, language]).toEqual(['0123 456', 'Garden chairsshop.example/chairs', 'Chinese']);
    expect(first).toContain('2026');
    expect(before).toMatch(/^2 conversations, the last on .*2026/);
    act(() => stage.host.querySelector<HTMLElement>('[title="https://shop.example/chairs"]')?.click());
    expect(stage.opened).toEqual(['https://shop.example/chairs']);
  });

  it('names the hub’s own page', () => {
    show({ page: null });
    expect(values()[0]).toBe('Foyer’s own page');
  });

  it('is corrected by who serves, with nothing but what was changed', async () => {
    show({ contact: 'old' });
    stage.press('Correct name and contact');
    stage.type('Contact', ' 0123 456 ');
    stage.press('Save');
    const { op, conversationId, contact, name } = stage.sent('customer.put') as Record<string, unknown>;
    expect([op, conversationId, contact, name]).toEqual(['customer.put', 'c1', '0123 456', undefined]);
    await stage.answer('customer.put', { type: 'ack', seq: 11 });
    expect(stage.named('Correct name and contact')).toBeDefined();
  });

  it('is not sent without a name, nor when nothing was changed', () => {
    show({ contact: 'old' });
    stage.press('Correct name and contact');
    stage.type('Name', ' ');
    stage.press('Save');
    expect(stage.text).toContain('Please enter a name.');
    stage.type('Name', 'Mei');
    stage.press('Save');
    expect(stage.sent('customer.put')).toBeUndefined();
    expect(stage.named('Correct name and contact')).toBeDefined();
  });

  it('is for others and after the end to look at only', () => {
    show({}, { agentId: 'ben' });
    expect(stage.host.querySelector('button')).toBeNull();
    stage.close();
    show({}, { stage: 'closed' });
    expect(stage.host.querySelector('button')).toBeNull();
  });
});
