import type { AgentHello } from '../../../shared/protocol/agent-wire';
import type { Account, Code } from '../state/config';
import type { HubState } from '../state/hub-state';
import type { HubEvent } from '../state/records';
import { codeWrongTriesMax, readCode } from './codes';
import { isPassphrase, type PassphraseHash, type PassphraseQueue } from './passphrase';
import { hashSecret, makeToken, type RandomBytes } from './tokens';
import type { WrongTries } from './wrong-tries';

export type SignIn =
  /** `invited`: by this code, for which a supervisor's word is still asked on a line from another machine. */
  | { kind: 'agent'; account: Account; token: string | null; invited: Code | null; events: HubEvent[] }
  | { kind: 'local' }
  | { kind: 'refused'; code: SignInRefusal; message: string; retryAfterMs?: number; events: HubEvent[] };

export type SignInRefusal =
  | 'unknownToken'
  | 'wrongCode'
  | 'codeExpired'
  | 'wrongLink'
  | 'joinDeclined'
  | 'joinsFull'
  | 'wrongPassphrase'
  | 'wrongSecret'
  | 'tooManyTries'
  | 'deviceInUse';

export const tooManyTries = 'too many wrong tries, wait a moment';

export interface SignInPorts {
  state: HubState;
  tries: WrongTries;
  /** Told once when wrong tries from an address begin to be slowed down. */
  delayed(address: string): void;
  passphrases: PassphraseQueue;
  randomBytes: RandomBytes;
  localSecret: string | null;
  /** Read when needed: checking a passphrase takes a while. */
  now(): number;
}

/** Who this is, by what `hello` proves. Records nothing itself: what is to be recorded is in `events`. */
export async function signIn(ports: SignInPorts, hello: AgentHello, address: string): Promise<SignIn> {
  const { auth } = hello;
  switch (auth.kind) {
    case 'token':
      return byToken(ports, auth.token, hello.deviceId);
    case 'local':
      // No delay here: who can read the lock file is the hub's own user (SECURITY.md, "never for the local console").
      return ports.localSecret !== null && hashSecret(auth.secret) === hashSecret(ports.localSecret)
        ? { kind: 'local' }
        : refuse('wrongSecret', 'the local secret does not fit');
    case 'code':
      return tooMany(ports, address) ?? byCode(ports, auth.code, hello, address);
    case 'link':
      return tooMany(ports, address) ?? byLink(ports, auth.secret, hello, address);
    case 'passphrase':
      return tooMany(ports, address) ?? byPassphrase(ports, auth.passphrase, hello, address);
  }
}

/** A token is 256 random bits: nobody tries them, so a wrong one (a signed-out device coming back) costs no delay. */
function byToken({ state }: SignInPorts, token: string, deviceId: string): SignIn {
  const device = state.config.deviceByTokenHash.get(hashSecret(token));
  const account = device && state.config.accounts.get(device.agentId);
  if (!device || !account) return refuse('unknownToken', 'this device is not signed in any more');
  if (device.deviceId !== deviceId) return refuse('deviceInUse', 'this token belongs to another device');
  return { kind: 'agent', account, token: null, invited: null, events: [] };
}

function byCode(ports: SignInPorts, typed: string, hello: AgentHello, address: string): SignIn {
  const { state, tries } = ports;
  const now = ports.now();
  const read = readCode(typed);
  const code = read && state.config.codes.get(read.codeId);
  if (!read || !code || code.hash !== read.hash) {
    if (tries.wrong(address, now)) ports.delayed(address);
    if (!code) return refuse('wrongCode', 'this is not a valid code');
    const burnt = code.wrongTries + 1 >= codeWrongTriesMax;
    const event: HubEvent = { type: burnt ? 'code.ended' : 'code.missed', codeId: code.codeId };
    return { ...refuse('wrongCode', 'this is not a valid code'), events: [event] };
  }
  return use(ports, code, hello, address);
}

/** 128 random bits: nobody tries them, but a wrong one is still somebody at the door. */
function byLink(ports: SignInPorts, secret: string, hello: AgentHello, address: string): SignIn {
  const { state, tries } = ports;
  const hash = hashSecret(secret);
  for (const code of state.config.codes.values()) if (code.linkHash === hash) return use(ports, code, hello, address);
  if (tries.wrong(address, ports.now())) ports.delayed(address);
  return refuse('wrongLink', 'this invitation is not valid any more');
}

/** It works once. */
function use(ports: SignInPorts, code: Code, hello: AgentHello, address: string): SignIn {
  const ended: HubEvent = { type: 'code.ended', codeId: code.codeId };
  if (code.expiresAt <= ports.now()) return { ...refuse('codeExpired', 'this code has expired'), events: [ended] };
  const account = ports.state.config.accounts.get(code.agentId);
  if (!account) return refuse('wrongCode', 'this is not a valid code');
  const joined = join(ports, account, hello, address, [ended]);
  return joined.kind === 'agent' ? { ...joined, invited: code.approved ? null : code } : joined;
}

async function byPassphrase(
  ports: SignInPorts,
  passphrase: string,
  hello: AgentHello,
  address: string,
): Promise<SignIn> {
  const expected = ports.state.config.passphrase;
  if (!expected) return refuse('wrongPassphrase', 'no passphrase is set');
  const refusal = await guess(ports, passphrase, expected, address);
  if (refusal) return refusal;
  const account = ports.state.config.accounts.get(expected.agentId) ?? firstSupervisor(ports.state);
  if (!account) return refuse('wrongPassphrase', 'this is not the passphrase');
  return join(ports, account, hello, address, []);
}

/** Not an address: who guesses from many is slowed down, too. */
const everywhere = 'passphrase';

/** Null when it is the passphrase. */
export async function guess(
  { passphrases, tries, delayed, now }: Pick<SignInPorts, 'passphrases' | 'tries' | 'delayed' | 'now'>,
  passphrase: string,
  expected: PassphraseHash,
  address: string,
): Promise<Extract<SignIn, { kind: 'refused' }> | null> {
  const keys = [address, everywhere];
  const tooSoon = () => {
    const waitMs = Math.max(...keys.map((key) => tries.waitMs(key, now())));
    return waitMs > 0 ? refuse('tooManyTries', tooManyTries, waitMs) : null;
  };
  const early = tooSoon();
  if (early) return early;
  const turn = await passphrases.inTurn(async () => {
    // Looked at again: those that came at the same time, and had their turn before, may have been wrong.
    const refusal = tooSoon();
    if (refusal) return refusal;
    if (await isPassphrase(passphrase, expected)) {
      for (const key of keys) tries.right(key);
      return null;
    }
    const begun = keys.map((key) => tries.wrong(key, now()));
    if (begun.includes(true)) delayed(address);
    return refuse('wrongPassphrase', 'this is not the passphrase');
  });
  return turn === 'full' ? refuse('tooManyTries', 'too many passphrases are being checked', 1_000) : turn;
}

/** A device's token is made when it joins, shown once and kept as a hash. */
function join(
  ports: SignInPorts,
  account: Account,
  { deviceId, deviceLabel }: AgentHello,
  address: string,
  before: HubEvent[],
): SignIn {
  const holder = ports.state.config.devices.get(deviceId);
  if (holder && holder.agentId !== account.agentId)
    return refuse('deviceInUse', 'this device is signed in as somebody else');
  ports.tries.right(address);
  const token = makeToken(ports.randomBytes);
  const added: HubEvent = {
    type: 'device.added',
    deviceId,
    agentId: account.agentId,
    tokenHash: hashSecret(token),
    label: deviceLabel,
    addedAt: ports.now(),
  };
  return { kind: 'agent', account, token, invited: null, events: [...before, added] };
}

function tooMany(ports: SignInPorts, address: string): SignIn | null {
  const waitMs = ports.tries.waitMs(address, ports.now());
  return waitMs === 0 ? null : refuse('tooManyTries', tooManyTries, waitMs);
}

function firstSupervisor(state: HubState): Account | undefined {
  for (const account of state.config.accounts.values()) if (account.role === 'supervisor') return account;
  return undefined;
}

function refuse(code: SignInRefusal, message: string, retryAfterMs?: number): Extract<SignIn, { kind: 'refused' }> {
  return { kind: 'refused', code, message, events: [], ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
}
