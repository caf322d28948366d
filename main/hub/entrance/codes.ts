import { codeIdLength } from '../../../shared/protocol/fields';
import type { Step } from '../state/step';
import { hashSecret, type RandomBytes } from '../system/tokens';

/** 32 characters without 0/O and 1/I, so that a code can be read out loud. */
const alphabet = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
const codeLength = 12;

/** 128 bits. */
export const linkSecretBytes = 16;

export const codeLifetimeMs = 10 * 60_000;
export const codeWrongTriesMax = 5;

export interface OneTimeCode {
  /** As shown: `XXXX-XXXX-XXXX`. */
  code: string;
  /** Without separators. */
  plain: string;
  /** The first group, which identifies the code, so that a wrong try counts against one code and not against all. */
  codeId: string;
  hash: string;
}

function makeCode(randomBytes: RandomBytes): OneTimeCode {
  const plain = Array.from(randomBytes(codeLength), (byte) => alphabet[byte % alphabet.length]).join('');
  const codeId = plain.slice(0, codeIdLength);
  return { code: plain.replace(/(.{4})(?=.)/g, '$1-'), plain, codeId, hash: hashSecret(plain) };
}

interface MadeCode extends Pick<OneTimeCode, 'code' | 'codeId' | 'plain'> {
  /** Epoch milliseconds. */
  expiresAt: number;
}

/**
 * Records a new code for an agent, which ends the previous one. `isApproved`: made by the hub's own OS user, so that no
 * supervisor has to approve its device. `linkSecret` null: it has no invitation link.
 */
export function makeCodeFor(
  step: Step,
  agentId: string,
  randomBytes: RandomBytes,
  { isApproved = false, linkSecret = null }: { isApproved?: boolean; linkSecret?: string | null } = {},
): MadeCode {
  const { codes } = step.state.config;
  endCodesOf(step, agentId);
  for (const old of [...codes.values()])
    if (old.expiresAt <= step.at) step.add({ type: 'code.ended', codeId: old.codeId });
  let made = makeCode(randomBytes);
  while (codes.has(made.codeId)) made = makeCode(randomBytes);
  const expiresAt = step.at + codeLifetimeMs;
  const { code, codeId, plain, hash } = made;
  const linked = linkSecret === null ? {} : { linkHash: hashSecret(linkSecret) };
  step.add({
    type: 'code.made',
    codeId,
    agentId,
    hash,
    expiresAt,
    ...linked,
    ...(isApproved ? { approved: true } : {}),
  });
  return { code, expiresAt, codeId, plain };
}

export function endCodesOf(step: Step, agentId: string): void {
  for (const code of [...step.state.config.codes.values()])
    if (code.agentId === agentId) step.add({ type: 'code.ended', codeId: code.codeId });
}

/** Parses a typed code, in any case and with any separators; null when it cannot be a code. */
export function readCode(typed: string): Omit<OneTimeCode, 'code'> | null {
  const plain = typed.toUpperCase().replace(/[^0-9A-Z]/g, '');
  if (plain.length !== codeLength) return null;
  return { plain, codeId: plain.slice(0, codeIdLength), hash: hashSecret(plain) };
}
