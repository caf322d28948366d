import type { AgentHello, WelcomeAgent } from '../../../shared/protocol/agent-wire';
import type { AssistantHello, WelcomeAssistant } from '../../../shared/protocol/assistant-wire';
import type { AuditActor } from '../../../shared/protocol/audit';
import type { CloseName } from '../../../shared/protocol/close-codes';
import type { CustomerPage } from '../../../shared/protocol/customer-profile';
import type { CustomerHello, WelcomeCustomer } from '../../../shared/protocol/customer-wire';
import type { RefusedCode } from '../../../shared/protocol/refused-codes';
import { isVisitorName } from '../../../shared/text/visitor-name';
import type { Door } from '../admission/door';
import { messagesMissedBy, missedByAgent } from '../fan-out/missed-records';
import type { Loop } from '../loop/loop';
import type { PastCustomers } from '../retention/past-customers';
import { blockOf } from '../rights/blocks';
import type { AgentSession, AssistantSession, CustomerSession, Line, LocalSession, Session } from '../session/session';
import { TurnedAway } from '../session/turned-away';
import { deviceKey } from '../state/answer-book';
import type { Store } from '../store/store';
import { addressKey } from '../system/addresses';
import { hashSecret, makeToken } from '../system/tokens';
import { type Guesses, tooManyTries } from './guess';
import type { HubKeys } from './hub-keys';
import type { Invitations } from './invitations';
import { Joins } from './joins';
import { PairingKeys } from './pairing';
import { PassphraseQueue } from './passphrase-queue';
import { Passphrases } from './passphrases';
import { safePage } from './safe-page';
import { type Asked, type SignIn, signIn } from './sign-in';
import { type Identification, identified } from './signed-identity';
import { triesKey, WrongTries } from './wrong-tries';

type CommonWelcome = Pick<WelcomeAgent, 'type' | 'hubId' | 'epoch' | 'seq' | 'mode' | 'lastN' | 'serverTime'>;

export interface SignInRefused {
  kind: 'refused';
  code: RefusedCode | CloseName;
  message: string;
  retryAfterMs?: number;
}

type CustomerOpened = CustomerSession | SignInRefused;

/** Signs lines in: checks identity, takes over older sessions, sends welcome, snapshot or catch-up, and caughtUp. */
export class Entrance {
  /** The URL of the customers' page, and the secret of this hub's own command line; set when the hub listens. */
  customerUrl = '';
  localSecret: string | null = null;
  /** How other machines reach the hub, for invitation links. Null when they don't. */
  lan: { address: string; keys: HubKeys } | null = null;
  readonly joins: Joins;
  /** The lines that are not signed in yet. */
  readonly newcomers = new Map<Line, { close(name: CloseName): void }>();
  readonly passphrases: Passphrases;
  private readonly tries = new WrongTries();
  private readonly pairing: PairingKeys;
  private readonly asking = new Map<Line, string>();
  private readonly guesses: Guesses;

  constructor(
    private readonly loop: Loop,
    private readonly door: Pick<Door, 'hello'>,
    private readonly store: Pick<Store, 'hubId' | 'epoch'>,
    private readonly past: Pick<PastCustomers, 'recall'>,
  ) {
    this.pairing = new PairingKeys(loop.limits.scryptCost);
    this.guesses = {
      passphrases: new PassphraseQueue(loop.limits.passphraseQueue),
      tries: this.tries,
      delayed: (address) => this.delayed(address),
      now: () => loop.now(),
    };
    this.passphrases = new Passphrases(loop, this.guesses);
    this.joins = new Joins(() => {
      if (!loop.closedBecause) loop.fanOut.joins(this.joins.views());
    });
  }

  readonly invitations: Invitations = {
    made: (codeId, plain) => {
      if (this.lan) this.pairing.add(codeId, plain, this.loop.now());
    },
    isLinked: () => this.lan !== null,
    link: (secret) => `foyer://${this.lan?.address}/#fp=${this.lan?.keys.present.fingerprint}&k=${secret}`,
    answer: (joinId, accept) => this.joins.end(joinId, accept ? 'approved' : 'declined'),
  };

  /** A proof, for the other end of this TLS session only, that the hub knows the code with this id. */
  async pair(codeId: string, { address, binding }: Line): Promise<{ proof: string } | SignInRefused> {
    const now = this.loop.now();
    const waitMs = this.tries.waitMs(triesKey(address), now);
    if (waitMs > 0) return { kind: 'refused', code: 'tooManyTries', message: tooManyTries, retryAfterMs: waitMs };
    const proof = binding ? await this.pairing.proof(codeId, binding) : null;
    if (proof !== null) return { proof };
    if (this.tries.wrong(triesKey(address), now)) this.delayed(address);
    return { kind: 'refused', code: 'wrongCode', message: 'there is no such code now; ask for a new one' };
  }

  async agent(hello: AgentHello, line: Line): Promise<AgentSession | LocalSession | SignInRefused> {
    const { loop, localSecret } = this;
    const ports = { ...this.guesses, state: loop.state, localSecret, randomBytes: loop.randomBytes };
    let found = await signIn(ports, hello, line.address);
    if (found.kind === 'agent' && found.asked && line.binding) {
      // The line may have closed while the passphrase was being checked: then no supervisor is asked.
      const refusal = this.newcomers.has(line) ? await this.ask(found.asked, hello, line) : declined;
      found = refusal ?? (await signIn(ports, hello, line.address));
    }
    if (loop.closedBecause) return { kind: 'refused', code: loop.closedBecause, message: 'the hub is closed' };
    if (found.kind === 'refused') {
      loop.step((step) => {
        for (const event of found.events) step.add(event);
      });
      loop.log.warn('signIn.refused', { code: found.code, address: line.address });
      return found;
    }
    return found.kind === 'local' ? this.openLocal(hello, line) : this.openAgent(found, hello, line);
  }

  /** SECURITY-MODEL.md, "Joining": the supervisor sees name and address, and approves. */
  private async ask({ agentId, expiresAt }: Asked, { deviceLabel, auth }: AgentHello, line: Line) {
    const joinId = this.loop.newId('join');
    this.asking.set(line, joinId);
    line.send(JSON.stringify({ type: 'joinWaiting' }));
    const cancel = this.loop.clock.at(expiresAt, () => this.joins.end(joinId, 'expired'));
    const how = await this.joins.ask({ joinId, agentId, deviceLabel, address: line.address, at: this.loop.now() });
    cancel();
    this.asking.delete(line);
    // Things may have changed during the wait, so after an approval, or a code's end, the sign-in is checked again.
    if (how === 'approved' || (how === 'expired' && auth.kind !== 'passphrase')) return null;
    return how === 'tooMany' ? joinsFull : declined;
  }

  /** False when other machines don't reach this hub, or there is no next key yet. */
  async rotateKey(finish: boolean, by: AuditActor): Promise<boolean> {
    if (!this.lan) return false;
    const { keys } = this.lan;
    if (finish) return keys.finish(this.loop, by);
    await keys.prepare(this.loop, by);
    return true;
  }

  private delayed(address: string) {
    if (this.loop.closedBecause) return;
    this.loop.step((step) =>
      step.note({ by: { kind: 'unknown', address }, action: 'signIn.delayed', subject: null, changes: [] }),
    );
  }

  /** Ends sign-ins under way: their clients reconnect, to the next hub. */
  stop(why: CloseName): void {
    for (const newcomer of this.newcomers.values()) newcomer.close(why);
    this.guesses.passphrases.stop();
  }

  /** The line is gone: supervisors are no longer asked to let its device in. */
  left(line: Line): void {
    const joinId = this.asking.get(line);
    if (joinId !== undefined) this.joins.end(joinId, 'gone');
  }

  /** Takes a while when nobody with this token is in the state: it may be a customer who returns. */
  customer(hello: CustomerHello, line: Line): CustomerOpened | Promise<CustomerOpened> {
    const { loop, newcomers } = this;
    const found = hello.identity ? identified(loop.state.config, hello.identity, hello.token, loop.now()) : null;
    const token = found?.answer === 'signed' ? found.who.token : hello.token;
    const tokenHash = token === null ? null : hashSecret(token);
    const refusal = this.refusalOf(tokenHash, line);
    if (refusal) return refusal;
    if (tokenHash === null || this.withToken(tokenHash)) return this.openCustomer(hello, found, tokenHash, line);
    return this.past.recall({ tokenHash }).then(() => {
      if (loop.closedBecause) return { kind: 'refused', code: loop.closedBecause, message: 'the hub is closed' };
      // The line may have closed, and the customer been blocked meanwhile.
      if (!newcomers.has(line)) return gone;
      const isBlocked = blockOf(loop.state, { tokenHash, address: line.address }, loop.now()) !== null;
      return isBlocked ? blocked : this.openCustomer(hello, found, tokenHash, line);
    });
  }

  /** After a reload before the first message arrived, that may still come over the older line, and must not count twice. */
  private withToken(tokenHash: string) {
    return this.loop.state.customers.withToken(tokenHash) ?? this.loop.sessions.withToken(tokenHash);
  }

  private refusalOf(tokenHash: string | null, { address }: Line): SignInRefused | null {
    const { loop } = this;
    if (blockOf(loop.state, { tokenHash, address }, loop.now())) return blocked;
    const person = (tokenHash === null ? null : this.withToken(tokenHash)?.customerId) ?? null;
    const refusal = this.door.hello({ person, address: addressKey(address) });
    return refusal && { kind: 'refused', ...refusal, retryAfterMs: refusal.now.retryAfterMs };
  }

  /** What they say from now on is said there. */
  moved(session: CustomerSession, page: CustomerPage): void {
    const kept = safePage(page);
    if (kept) session.page = kept;
  }

  private openCustomer(
    hello: CustomerHello,
    found: Identification | null,
    tokenHash: string | null,
    line: Line,
  ): CustomerSession {
    const { loop } = this;
    const own = tokenHash === null ? undefined : this.withToken(tokenHash);
    const known = own && loop.state.customers.get(own.customerId);
    const who = found?.answer === 'signed' ? found.who : null;
    const token = who?.token ?? (own ? null : makeToken(loop.randomBytes));
    const page = hello.page ? safePage(hello.page) : hello.page;
    const customerId = own?.customerId ?? loop.newId('customer');
    const session: CustomerSession = {
      kind: 'customer',
      customerId,
      tokenHash: own?.tokenHash ?? hashSecret(token ?? ''),
      language: hello.language,
      ...(page === undefined ? {} : { page }),
      signed: who && { signedId: who.signedId, name: who.name, contact: who.contact },
      deviceId: hello.deviceId,
      device: deviceKey(customerId, hello.deviceId),
      line,
      ...newStream,
      shown: null,
      turnedAway: new TurnedAway(),
    };
    for (const other of loop.sessions.customer(session.customerId))
      if (other.deviceId === session.deviceId) loop.takeOver(other);
    const fields: Omit<WelcomeCustomer, keyof CommonWelcome> = {
      customerId: session.customerId,
      token: token === hello.token ? null : token,
      office: { name: loop.state.config.office?.name ?? '', pageRevision: loop.fanOut.customers.pageRevision() },
      ...(loop.fanOut.customers.hasPast(customerId) ? { hasPast: true } : {}),
      groups: loop.fanOut.customers.groups(),
      customerName: who?.name ?? (known && !isVisitorName(known.name, known.customerId) ? known.name : null),
      asks: loop.fanOut.customers.asksOf(session),
      ...(found ? { identity: found.answer } : {}),
    };
    return this.admit(session, () => {
      const missed = this.resumes(hello, (since) => messagesMissedBy(loop.state, session.customerId, since));
      this.welcome(session, missed, fields);
      if (missed) loop.fanOut.customers.resume(session, missed);
      else loop.fanOut.customers.snapshot(session);
      this.caughtUp(session);
      loop.fanOut.cameOrWent(session.customerId);
    });
  }

  private openAgent(found: Extract<SignIn, { kind: 'agent' }>, hello: AgentHello, line: Line): AgentSession {
    const { loop } = this;
    const { agentId, role } = found.account;
    const older = loop.sessions.agent(agentId);
    if (older) loop.takeOver(older);
    loop.step((step) => {
      for (const event of found.events) {
        step.add(event);
        if (event.type !== 'device.added') continue;
        const by = { kind: 'agent' as const, agentId, name: found.account.name, device: event.label };
        const changes = [
          { field: 'address', before: null, after: line.address },
          { field: 'signIn', before: null, after: hello.auth.kind },
        ];
        step.note({ by, action: 'device.added', subject: null, changes });
      }
      step.route({ type: 'agent.connect', agentId });
    });
    const session: AgentSession = {
      kind: 'agent',
      agentId,
      deviceId: hello.deviceId,
      device: deviceKey(agentId, hello.deviceId),
      line,
      ...newStream,
      sees: new Set(),
      reads: new Set(),
      leftMessages: new Set(),
      cannedReplies: new Set(),
      devices: new Set(),
      watched: null,
    };
    const fields: Omit<WelcomeAgent, keyof CommonWelcome> = {
      agentId,
      role,
      token: found.token,
      customerUrl: this.customerUrl,
    };
    return this.admit(session, () => {
      const missed = this.resumes(hello, (since) => missedByAgent(loop.state, agentId, since));
      this.welcome(session, missed, fields);
      if (missed) loop.fanOut.resume(session, missed);
      else loop.fanOut.snapshot(session);
      this.caughtUp(session);
    });
  }

  /** BO1. A token is 256 random bits and can't be guessed, so a wrong one causes no delay. */
  assistant({ token, deviceId }: AssistantHello, line: Line): AssistantSession | SignInRefused {
    const { loop } = this;
    const tokenHash = hashSecret(token);
    const found = [...loop.state.config.assistants.values()].find((each) => each.tokenHash === tokenHash);
    if (!found) {
      loop.log.warn('signIn.refused', { code: 'unknownToken', address: line.address });
      return { kind: 'refused', code: 'unknownToken', message: 'this token is not valid (any more): make a new one' };
    }
    const { assistantId, name } = found;
    const older = loop.sessions.assistant(assistantId);
    if (older) loop.takeOver(older);
    loop.step((step) => {
      step.add({ type: 'assistant.seen', assistantId, at: step.at });
      step.route({ type: 'assistant.connect', assistantId });
    });
    const device = deviceKey(assistantId, deviceId);
    const session: AssistantSession = {
      kind: 'assistant',
      assistantId,
      deviceId,
      device,
      line,
      ...newStream,
      conversations: new Set(),
      turnedAway: new TurnedAway(),
    };
    const fields: Omit<WelcomeAssistant, keyof CommonWelcome> = { assistantId, name };
    return this.admit(session, () => {
      this.welcome(session, null, fields);
      loop.fanOut.assistants.snapshot(session);
      this.caughtUp(session);
    });
  }

  private openLocal({ deviceId }: AgentHello, line: Line): LocalSession {
    const session: LocalSession = { kind: 'local', deviceId, device: deviceKey('local', deviceId), line, ...newStream };
    const fields: Omit<WelcomeAgent, keyof CommonWelcome> = {
      agentId: 'local',
      role: 'supervisor',
      token: null,
      customerUrl: this.customerUrl,
    };
    return this.admit(session, () => {
      this.welcome(session, null, fields);
      this.loop.fanOut.office(session);
      this.caughtUp(session);
    });
  }

  /** The first events only read the state, so an error there drops this session, as a lost line would, not the hub. */
  private admit<T extends Session>(session: T, tell: () => void): T {
    this.loop.sessions.add(session);
    try {
      tell();
    } catch (error) {
      this.loop.drop(session, 'hubFault');
      throw error;
    }
    return session;
  }

  /** Null means a snapshot: another epoch, or a cursor that is too old (STORAGE.md, "Sessions"). */
  private resumes<T>({ since }: Pick<AgentHello, 'since'>, missed: (since: number) => T | null): T | null {
    return since?.epoch === this.store.epoch ? missed(since.seq) : null;
  }

  private welcome(session: Session, missed: { since: number } | null, fields: object) {
    const { state } = this.loop;
    session.lastSeq = missed?.since ?? 0;
    const common: CommonWelcome = {
      type: 'welcome',
      hubId: this.store.hubId,
      epoch: this.store.epoch,
      seq: state.seq,
      mode: missed ? 'resume' : 'snapshot',
      lastN: state.answers.lastN(session.device),
      serverTime: this.loop.now(),
    };
    this.loop.outbox.send(state.seq, session, JSON.stringify({ ...common, ...fields }));
  }

  private caughtUp(session: Session) {
    const { seq } = this.loop.state;
    this.loop.outbox.send(seq, session, JSON.stringify({ type: 'caughtUp', seq }));
    session.lastSeq = seq;
    session.catchingUp = false;
  }
}

const joinsFull: Extract<SignIn, { kind: 'refused' }> = {
  kind: 'refused',
  code: 'joinsFull',
  message: 'too many devices wait to be let in; try again in a minute',
  events: [],
};

const declined: typeof joinsFull = {
  kind: 'refused',
  code: 'joinDeclined',
  message: 'no supervisor let this device in',
  events: [],
};

/** Nobody hears it: the line has closed. */
const gone: SignInRefused = { kind: 'refused', code: 'invalid', message: 'the line has closed' };

/** Does not say why, or who blocked them. */
const blocked: SignInRefused = {
  kind: 'refused',
  code: 'blocked',
  message: 'the office takes nothing from here for now',
};

const newStream = { lastSeq: 0, life: 'open' as const, catchingUp: true, echoedCid: null, catchUpBytes: 0 };
