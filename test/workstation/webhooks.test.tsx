// @vitest-environment happy-dom
import { act } from 'react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebhooksPage } from '../../renderer/workstation/settings/webhooks/WebhooksPage';
import type { WebhookView } from '../../shared/protocol/webhooks';
import { Stage } from './stage';

const webhook: WebhookView = {
  webhookId: 'webhook-1',
  url: 'https://crm.example/hooks/foyer',
  events: ['conversation.queued', 'conversation.closed'],
  madeAt: 1,
  paused: null,
  failingSince: null,
  waiting: 0,
  lost: 0,
  attemptedAt: null,
  rotatesUntil: null,
};

describe('the webhooks', () => {
  let stage: Stage;
  const tell = (...webhooks: WebhookView[]) => stage.tell({ name: 'webhooks.changed', webhooks });
  const item = (name: string) => {
    const found = [...document.body.querySelectorAll<HTMLElement>('[role=menuitem]')].find(
      ({ textContent }) => textContent === name,
    );
    act(() => found!.click());
  };
  const choose = async (name: string) => {
    stage.press('Actions for crm.example');
    await stage.settle();
    item(name);
    await stage.settle();
  };
  beforeEach(() => {
    stage = new Stage(<WebhooksPage />);
  });
  afterEach(() => stage.close());

  it('are made with an address and events, and show their secret once', async () => {
    expect(stage.text).toContain('No program is told.');
    stage.press('Add a webhook');
    await stage.settle();
    expect(stage.named<HTMLButtonElement>('Save').disabled).toBe(true);
    stage.type('Address', 'https://ann:pass@crm.example/');
    expect(stage.text).toContain('without a name and password in it');
    expect(stage.named<HTMLButtonElement>('Save').disabled).toBe(true);
    stage.type('Address', ' https://crm.example/hooks/foyer ');
    stage.press('An agent’s status changes');
    stage.press('Save');
    const sent = stage.sent('webhook.put') as unknown as { url: string; events: string[] };
    expect(sent.url).toBe('https://crm.example/hooks/foyer');
    expect(sent.events).toContain('conversation.queued');
    expect(sent.events).not.toContain('agent.status');
    await stage.answer('webhook.put', {
      type: 'ack',
      seq: 11,
      result: { webhookId: 'webhook-1', secret: 'whsec_c2VjcmV0' },
    });
    expect(stage.text).toContain('whsec_c2VjcmV0');
    stage.press('Close');
    tell(webhook);
    expect(stage.text).toContain('https://crm.example/hooks/foyer');
    expect(stage.text).toContain('2 events');
    expect(stage.text).toContain('Nothing sent yet');
  });

  it('say how it goes with them', () => {
    tell({ ...webhook, attemptedAt: 1 });
    expect(stage.text).toContain('Delivers');
    tell({ ...webhook, failingSince: 1, waiting: 3 });
    expect(stage.text).toContain('Fails since');
    expect(stage.text).toContain('3 events wait');
    tell({ ...webhook, paused: { at: 1, by: 'hub' }, lost: 1 });
    expect(stage.text).toContain('Paused by the hub: nothing got through');
    expect(stage.text).toContain('1 event was lost');
  });

  it('are paused and resumed', async () => {
    tell(webhook);
    await choose('Pause');
    expect(stage.sent('webhook.pause')).toMatchObject({ webhookId: 'webhook-1', paused: true });
    await stage.answer('webhook.pause', { type: 'ack', seq: 11 });
    tell({ ...webhook, paused: { at: 1, by: 'person' } });
    await choose('Resume');
    expect(stage.sent('webhook.pause')).toMatchObject({ paused: false });
  });

  it('are removed, and get another secret, only after a question', async () => {
    tell(webhook);
    await choose('Remove');
    expect(stage.sent('webhook.remove')).toBeUndefined();
    stage.press('Remove');
    expect(stage.sent('webhook.remove')).toMatchObject({ webhookId: 'webhook-1' });
    await stage.answer('webhook.remove', { type: 'ack', seq: 11 });
    await choose('New secret');
    expect(stage.text).toContain('For a day both secrets sign');
    expect(stage.sent('webhook.rotate')).toBeUndefined();
  });

  it('show their last attempts, send one again, and are tested', async () => {
    tell(webhook);
    await choose('Last attempts');
    const attempt = { at: 1, tookMs: 15_000, status: null, problem: 'timedOut' };
    const attempts = [
      { eventId: 'evt_2', type: 'webhook.test', at: 2, tookMs: 12, status: 204, problem: null },
      { eventId: 'evt_1', type: 'conversation.queued', ...attempt },
    ];
    await stage.answer('webhook.attempts', { type: 'ack', seq: 11, result: { attempts } });
    expect(stage.text).toContain('No answer in time');
    expect(stage.text).toContain('Answered 204');
    // A test can't be sent again: there is one such button.
    expect(
      [...document.body.querySelectorAll('button')].filter((each) => each.textContent === 'Send again'),
    ).toHaveLength(1);
    stage.press('Send again');
    expect(stage.sent('webhook.resend')).toMatchObject({ webhookId: 'webhook-1', eventId: 'evt_1' });
    await stage.answer('webhook.resend', { type: 'ack', seq: 11 });
    stage.press('Send a test');
    expect(stage.sent('webhook.test')).toMatchObject({ webhookId: 'webhook-1' });
  });
});
