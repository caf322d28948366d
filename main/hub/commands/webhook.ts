import { parsedUrl } from '../../../shared/parsed-url';
import { webhooksMax } from '../../../shared/protocol/webhooks';
import type { AuditSpec } from '../audit/audit';
import { type Facts, factsOf, noFacts } from '../audit/facts';
import { officeOnly, relationToOffice } from '../rights/rights';
import { ack, done, refused } from '../session/outcome';
import type { HubState } from '../state/hub-state';
import type { Webhook } from '../state/webhooks';
import { addressIn, isForbiddenAddress } from '../webhooks/forbidden-addresses';
import { makeSecret } from '../webhooks/signed';
import type { AgentCommandSpecs, Allowed } from './command';

type WebhookOp =
  | 'webhook.put'
  | 'webhook.remove'
  | 'webhook.pause'
  | 'webhook.rotate'
  | 'webhook.attempts'
  | 'webhook.resend'
  | 'webhook.test';

const wholeWebhook: AuditSpec<Allowed<Exclude<WebhookOp, 'webhook.put'>>, unknown> = {
  subject: ({ state, command }) => hostOf(state.webhooks.get(command.webhookId)),
  facts: ({ state, command }) => webhookFacts(state, command.webhookId),
};

/** Which programs are told of what, and what has become of it. Delivering: webhooks/webhook-service.ts. */
export const webhookCommands: AgentCommandSpecs<WebhookOp> = {
  'webhook.put': {
    rights: officeOnly,
    relation: relationToOffice,
    audit: {
      subject: ({ state, command }, result) => hostOf(state.webhooks.get(command.webhookId ?? result?.webhookId ?? '')),
      facts: ({ state, command }, result) => webhookFacts(state, command.webhookId ?? result?.webhookId),
    },
    step(step, command, _session, { loop }) {
      const { url, events } = command;
      const { webhooks } = step.state;
      if (command.webhookId !== undefined && !webhooks.get(command.webhookId)) return unknownWebhook();
      if (leadsNowhereAllowed(url)) {
        const message = 'webhooks may not reach link-local and metadata addresses';
        return refused({ code: 'addressForbidden', message, field: 'url' });
      }
      const put = { type: 'webhook.put', url, events, at: step.at } as const;
      if (command.webhookId !== undefined) {
        step.add({ ...put, webhookId: command.webhookId });
        return ack({ webhookId: command.webhookId });
      }
      if (webhooks.size >= webhooksMax)
        return refused({ code: 'tooManyWebhooks', message: `there are ${webhooksMax} already: remove one first` });
      const webhookId = loop.newId('webhook');
      const secret = makeSecret(loop.randomBytes);
      step.add({ ...put, webhookId, secret });
      return { ...ack({ webhookId, secret }), isSecret: true };
    },
  },
  'webhook.remove': {
    rights: officeOnly,
    relation: relationToOffice,
    audit: wholeWebhook,
    step(step, { webhookId }) {
      if (!step.state.webhooks.get(webhookId)) return unknownWebhook();
      step.add({ type: 'webhook.removed', webhookId });
      return done;
    },
  },
  'webhook.pause': {
    rights: officeOnly,
    relation: relationToOffice,
    audit: wholeWebhook,
    step(step, { webhookId, paused }) {
      const webhook = step.state.webhooks.get(webhookId);
      if (!webhook) return unknownWebhook();
      if (paused && !webhook.paused) step.add({ type: 'webhook.paused', webhookId, at: step.at, by: 'person' });
      if (!paused && webhook.paused) step.add({ type: 'webhook.resumed', webhookId, at: step.at });
      return done;
    },
  },
  /** The secret is in the answer once and nowhere else. */
  'webhook.rotate': {
    rights: officeOnly,
    relation: relationToOffice,
    audit: wholeWebhook,
    step(step, { webhookId }, _session, { loop }) {
      if (!step.state.webhooks.get(webhookId)) return unknownWebhook();
      const secret = makeSecret(loop.randomBytes);
      step.add({ type: 'webhook.secretMade', webhookId, secret, at: step.at });
      return { ...ack({ secret }), isSecret: true };
    },
  },
  'webhook.attempts': {
    rights: officeOnly,
    relation: relationToOffice,
    audit: 'none',
    question({ webhookId }, _session, { loop }) {
      const webhook = loop.state.webhooks.get(webhookId);
      if (!webhook) return unknownWebhook();
      const attempts = webhook.attempts.map(({ event: { eventId, type }, ...attempt }) => ({
        eventId,
        type,
        ...attempt,
      }));
      return ack({ attempts: attempts.reverse() });
    },
  },
  'webhook.resend': {
    rights: officeOnly,
    relation: relationToOffice,
    audit: wholeWebhook,
    step(step, { webhookId, eventId }) {
      const webhook = step.state.webhooks.get(webhookId);
      if (!webhook) return unknownWebhook();
      const tried = webhook.attempts.find(({ event }) => event.eventId === eventId)?.event;
      // A test never waited.
      if (!tried || tried.number === 0) {
        const message = 'the event is not among the last attempts any more';
        return refused({ code: 'unknownAttempt', message, field: 'eventId' });
      }
      if (![...webhook.waiting.values()].some((each) => each.eventId === eventId))
        step.add({ type: 'webhook.resent', webhookId, eventId });
      return done;
    },
  },
  'webhook.test': {
    rights: officeOnly,
    relation: relationToOffice,
    audit: wholeWebhook,
    job: async ({ webhookId }, _session, { loop, webhooks }) => {
      const attempt = await webhooks.test(webhookId);
      if (attempt) return ack({ attempt });
      return loop.closedBecause ? null : unknownWebhook();
    },
  },
};

/** Of an address that stands in the URL; a name is looked up with each delivery. */
function leadsNowhereAllowed(url: string): boolean {
  const parsed = parsedUrl(url);
  const address = parsed && addressIn(parsed);
  return address !== null && isForbiddenAddress(address);
}

function hostOf(webhook: Webhook | undefined): string | null {
  return webhook ? new URL(webhook.url).host : null;
}

function webhookFacts({ webhooks }: HubState, webhookId: string | undefined): Facts {
  const webhook = webhooks.get(webhookId ?? '');
  if (!webhook) return noFacts;
  const { url, events, paused } = webhook;
  return factsOf({ url, events: events.join(', '), paused: paused !== null });
}

function unknownWebhook() {
  return refused({ code: 'unknownWebhook', message: 'there is no such webhook', field: 'webhookId' });
}
