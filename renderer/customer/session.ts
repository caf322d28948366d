import { type ConnectionOptions, createConnection } from '../../shared/client/connection';
import { createTypingReceiver, createTypingSender } from '../../shared/client/typing';
import type { CustomerWire } from '../../shared/client/wire';
import type { AttachmentRef } from '../../shared/protocol/attachments';
import type { CustomerPage } from '../../shared/protocol/customer-profile';
import type { Language, protocolVersion } from '../../shared/protocol/fields';
import type { IdentityAnswer, SignedIdentity } from '../../shared/protocol/identity';
import type { Change, CustomerBody } from './change';
import type { Identity } from './identity';
import type { Keep } from './keep';
import { createReadReceipts } from './read-receipts';
import { isNewFromAgent } from './reading';
import type { PageState } from './state';

const proto: typeof protocolVersion = 2;

export type SessionPorts = Pick<ConnectionOptions<CustomerWire>, 'transport' | 'clock' | 'random' | 'url'> & {
  keptInTab: Keep;
  /** The web page that embeds the chat; null: none. */
  page: CustomerPage | null;
  /** Null: nobody vouches for the customer. */
  identity: SignedIdentity | null;
};

interface SessionListener {
  state(): PageState;
  change(change: Change): void;
  /** The hub has what was written in the form. */
  formTaken(): void;
  identityAnswered(answer: IdentityAnswer): void;
  /** Of what the hub serves of the page now; undefined: an earlier hub. */
  pageChanged(revision: string | undefined): void;
  /** The hub does not know this customer any more. */
  erased(): void;
}

export type Session = ReturnType<typeof createSession>;

/** The customer's side of the protocol: what the hub tells becomes changes of the state, what they do becomes frames. */
export function createSession(ports: SessionPorts, identity: Identity, language: () => Language, on: SessionListener) {
  const { transport, clock, random, url, keptInTab, identity: signed } = ports;
  let { page } = ports;
  const connection = createConnection<CustomerWire>({
    transport,
    clock,
    random,
    storage: { read: () => keptInTab.get('outbox'), write: (text) => keptInTab.set('outbox', text) },
    url,
    deviceId: identity.deviceId,
    proto,
    hello: () => ({
      role: 'customer',
      token: identity.token(),
      language: language(),
      page,
      ...(signed ? { identity: signed } : {}),
    }),
    on: {
      link: (link) => on.change({ type: 'linkChanged', link }),
      welcome(welcome) {
        if (welcome.identity !== undefined) on.identityAnswered(welcome.identity);
        on.pageChanged(welcome.office.pageRevision);
        if (identity.welcomed(welcome)) on.change({ type: 'welcomed', welcome });
        else on.erased();
      },
      event(event) {
        if (event.name === 'erased') {
          identity.erased();
          return on.erased();
        }
        if (event.name === 'chatPage.changed') on.pageChanged(event.revision);
        if (event.name === 'conversation.changed') identity.becameKnown();
        if (isNewFromAgent(on.state(), event)) agentTyping.received(false);
        on.change({ type: 'happened', event });
      },
      caughtUp() {
        readReceipts.reset();
        on.change({ type: 'caughtUp' });
      },
      paused: (paused) => on.change({ type: 'pauseChanged', paused }),
      signal: (signal) => agentTyping.received(signal.on),
      answered({ cid, body }, answer) {
        if (answer.ok && (body.op === 'conversation.open' || body.op === 'message.leave')) on.formTaken();
        if (answer.ok && body.op === 'message.leave') identity.becameKnown();
        on.change({ type: 'commandAnswered', cid, answer });
      },
    },
  });
  const agentTyping = createTypingReceiver(clock, (isTyping) => on.change({ type: 'typingHeard', on: isTyping }));
  const ownTyping = createTypingSender(clock, (isTyping) => connection.signal({ type: 'typing', on: isTyping }));
  const readReceipts = createReadReceipts(clock, (messageId) => connection.signal({ type: 'seen', messageId }));

  function send(body: CustomerBody, options: { fleeting?: boolean } = {}): void {
    const at = clock.now();
    const { cid, answer } = connection.send(body, options);
    on.change({ type: 'commandMade', cid, body, at });
    if (connection.outbox.some((entry) => entry.cid === cid)) return;
    // Refused before it was sent (the outbox is full): no `answered` will come.
    void answer.then((refusal) => on.change({ type: 'commandAnswered', cid, answer: refusal }));
  }

  return {
    start: connection.start,
    stop: connection.stop,
    probe: connection.probe,
    retryNow: connection.retryNow,
    hubNow: connection.hubNow,
    /** What has no answer yet, also from before a reload. */
    unanswered: () => connection.outbox,
    send,
    /** For what nobody but the one who asks is told; once the line is lost it is refused. */
    ask: (body: CustomerBody) => connection.send(body, { fleeting: true }).answer,
    sendMessage(text: string, attachments: readonly AttachmentRef[]): void {
      ownTyping.messageSent();
      send({ op: 'message.send', text, ...(attachments.length === 0 ? {} : { attachments: [...attachments] }) });
    },
    typed: ownTyping.typed,
    read: readReceipts.read,
    /** The customer has gone to another page of the shop. */
    moved(next: CustomerPage): void {
      page = next;
      connection.signal({ type: 'page', page });
    },
  };
}
