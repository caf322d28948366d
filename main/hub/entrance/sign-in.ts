import type { AgentHello } from '../../../shared/protocol/agent-wire';
import { isNewDay } from '../retention/unused-devices';
import { type Account, type Code, usedAtOf } from '../state/config';
import type { HubState } from '../state/hub-state';
import type { HubEvent } from '../state/records';
import { hashSecret, makeToken, type RandomBytes } from '../system/tokens';
import { codeLifetimeMs, codeWrongTriesMax, readCode } from './codes';
import { type Guesses, guess, tooManyTries } from './guess';
import { isNamed } from './passphrases';
import { triesKey } from './wrong-tries';

export type SignIn =
  | { kind: 'agent'; account: Account; token: string | null; asked: Asked | null; events: HubEvent[] }
  | { kind: 'local' }
  | { kind: 'refused'; code: SignInRefusal; message: string; retryAfterMs?: number; events: HubEvent[] };

/** On a line from another machine a supervisor still has to approve, until `expiresAt`. */
export interface Asked {
  agentId: string;
  expiresAt: number;
}

type SignInRefusal =
  | 'unknownToken'
  | 'wrongCode'
  | 'codeExpired'
  | 'wrongLink'
  | 'joinDeclined'
  | 'joinsFull'
  | 'wrongPassphrase'
  | 'nameNeeded'
  | 'hubBusy'
  | 'wrongSecret'
  | 'tooManyTries'
  | 'deviceInUse';

export interface SignInPorts extends Guesses {
  state: HubState;
  randomBytes: RandomBytes;
  localSecret: string | null;
}

/** Identifies a client by what its `hello` proves. Records nothing itself: the caller records `events`. */
export async function signIn(ports: SignInPorts, hello: AgentHello, address: string): Promise<SignIn> {
  const { auth } = hello;
  switch (auth.kind) {
    case 'token':
      return byToken(ports, auth.token, hello.deviceId);
    case 'local':
      // No delay here: only the hub's own OS user can read the lock file (SECURITY-MODEL.md, "Roles").
      return ports.localSecret !== null && hashSecret(auth.secret) === hashSecret(ports.localSecret)
        ? { kind: 'local' }
        : refuse('wrongSecret', 'the local secret does not fit');
    case 'code':
      return tooMany(ports, address) ?? byCode(ports, auth.code, hello, address);
    case 'link':
      return tooMany(ports, address) ?? byLink(ports, auth.secret, hello, address);
    case 'passphrase':
      return tooMany(ports, address) ?? byPassphrase(ports, auth, hello, address);
  }
}

/** A token is 256 random bits and can't be guessed, so a wrong one (a signed-out device) causes no delay. */
function byToken({ state, now }: SignInPorts, token: string, deviceId: string): SignIn {
  const device = state.config.deviceByTokenHash.get(hashSecret(token));
  const account = device && state.config.accounts.get(device.agentId);
  if (!device || !account) return refuse('unknownToken', 'this device is not signed in any more');
  if (device.deviceId !== deviceId) return refuse('deviceInUse', 'this token belongs to another device');
  const at = now();
  const events: HubEvent[] = isNewDay(usedAtOf(device), at) ? [{ type: 'device.used', deviceId, at }] : [];
  return { kind: 'agent', account, token: null, asked: null, events };
}

function byCode(ports: SignInPorts, typed: string, hello: AgentHello, address: string): SignIn {
  const { state, tries } = ports;
  const now = ports.now();
  const read = readCode(typed);
  const code = read && state.config.codes.get(read.codeId);
  if (!read || !code || code.hash !== read.hash) {
    if (tries.wrong(triesKey(address), now)) ports.delayed(address);
    if (!code) return refuse('wrongCode', 'this is not a valid code');
    const burnt = code.wrongTries + 1 >= codeWrongTriesMax;
    const event: HubEvent = { type: burnt ? 'code.ended' : 'code.missed', codeId: code.codeId };
    return { ...refuse('wrongCode', 'this is not a valid code'), events: [event] };
  }
  return redeemCode(ports, code, hello, address);
}

/** 128 random bits can't be guessed either, but a wrong link counts as a wrong try. */
function byLink(ports: SignInPorts, secret: string, hello: AgentHello, address: string): SignIn {
  const { state, tries } = ports;
  const hash = hashSecret(secret);
  for (const code of state.config.codes.values())
    if (code.linkHash === hash) return redeemCode(ports, code, hello, address);
  if (tries.wrong(triesKey(address), ports.now())) ports.delayed(address);
  return refuse('wrongLink', 'this invitation is not valid any more');
}

/** A code works once. */
function redeemCode(ports: SignInPorts, code: Code, hello: AgentHello, address: string): SignIn {
  const ended: HubEvent = { type: 'code.ended', codeId: code.codeId };
  if (code.expiresAt <= ports.now()) return { ...refuse('codeExpired', 'this code has expired'), events: [ended] };
  const account = ports.state.config.accounts.get(code.agentId);
  if (!account) return refuse('wrongCode', 'this is not a valid code');
  const joined = join(ports, account, hello, address, [ended]);
  return joined.kind === 'agent' ? { ...joined, asked: code.approved ? null : code } : joined;
}

async function byPassphrase(
  ports: SignInPorts,
  { passphrase, name }: Extract<AgentHello['auth'], { kind: 'passphrase' }>,
  hello: AgentHello,
  address: string,
): Promise<SignIn> {
  const { accounts, passphrases } = ports.state.config;
  const all = [...passphrases.values()];
  if (all.length === 0) return refuse('wrongPassphrase', 'no passphrase is set');
  if (all.length > 1 && name === undefined)
    return refuse('nameNeeded', 'several supervisors have a passphrase: say whose this is');
  const meant = name === undefined ? all : all.filter(({ agentId }) => isNamed(accounts.get(agentId), name));
  const guessed = await guess(ports, passphrase, meant, { key: triesKey(address), address });
  if (!('fits' in guessed)) return refuse(guessed.code, guessed.message, guessed.retryAfterMs);
  const { agentId } = guessed.fits;
  const account = accounts.get(agentId);
  // The account or passphrase may have changed during the check.
  if (!account || passphrases.get(agentId) !== guessed.fits)
    return refuse('wrongPassphrase', 'this is not the passphrase');
  const joined = join(ports, account, hello, address, []);
  const asked = { agentId, expiresAt: ports.now() + codeLifetimeMs };
  return joined.kind === 'agent' ? { ...joined, asked } : joined;
}

/** A device's token is made when it joins, sent once and kept as a hash. */
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
  ports.tries.right(triesKey(address));
  const token = makeToken(ports.randomBytes);
  const now = ports.now();
  const added: HubEvent = {
    type: 'device.added',
    deviceId,
    agentId: account.agentId,
    tokenHash: hashSecret(token),
    label: deviceLabel,
    addedAt: now,
    usedAt: now,
  };
  return { kind: 'agent', account, token, asked: null, events: [...before, added] };
}

function tooMany(ports: SignInPorts, address: string): SignIn | null {
  const waitMs = ports.tries.waitMs(triesKey(address), ports.now());
  return waitMs === 0 ? null : refuse('tooManyTries', tooManyTries, waitMs);
}

function refuse(code: SignInRefusal, message: string, retryAfterMs?: number): Extract<SignIn, { kind: 'refused' }> {
  return { kind: 'refused', code, message, events: [], ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
}
