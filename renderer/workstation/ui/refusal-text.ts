import type { Answer } from '../../../shared/client/answer';
import { type Text, type TextKey, workstationEn } from '../../../shared/text/workstation-text';
import { formatSpan } from './spans';

type Refusal = Extract<Answer, { ok: false }>;

/** Texts used if the hub's refusal names the agent concerned. */
const namedRefusals: Record<string, TextKey> = {
  offerGone: 'refused.offerGoneTo',
  alreadyTaken: 'refused.alreadyTakenBy',
  notAllowed: 'refused.ringsAt',
  notYours: 'refused.notYoursBut',
  agentFull: 'refused.agentFullOf',
};

/** Why a command was refused, in the user's language; names the colleague who was faster if the hub does. */
export function refusalText(
  t: Text,
  refusal: Pick<Refusal, 'code' | 'message' | 'now'>,
  nameOf: (agentId: string) => string | null = () => null,
): string {
  const name = winner(refusal.now, nameOf);
  const withName = namedRefusals[refusal.code];
  if (name !== null && withName !== undefined) return t(withName, { name });
  const key = `refused.${refusal.code}`;
  return hasText(key)
    ? t(key, { message: refusal.message, time: formatSpan(waitMs(refusal.now)) })
    : t('refused.other', { message: refusal.message });
}

export function hasText(key: string): key is TextKey {
  return Object.hasOwn(workstationEn, key);
}

function waitMs(now: unknown): number {
  if (typeof now !== 'object' || now === null || !('retryAfterMs' in now)) return 0;
  return typeof now.retryAfterMs === 'number' ? now.retryAfterMs : 0;
}

function winner(now: unknown, nameOf: (agentId: string) => string | null): string | null {
  if (typeof now !== 'object' || now === null || !('agentId' in now)) return null;
  return typeof now.agentId === 'string' ? nameOf(now.agentId) : null;
}
