import type { Answer } from '../../../shared/client/connection';
import { type Text, type TextKey, workstationEn } from '../../../shared/text/workstation-text';

type Refusal = Extract<Answer, { ok: false }>;

/** Why something was refused, in the reader's language; who was faster is named where the hub says so. */
export function refusalText(
  t: Text,
  refusal: Pick<Refusal, 'code' | 'message' | 'now'>,
  nameOf: (agentId: string) => string | null = () => null,
): string {
  const name = winner(refusal.now, nameOf);
  if (name !== null && refusal.code === 'offerGone') return t('refused.offerGoneTo', { name });
  if (name !== null && refusal.code === 'alreadyTaken') return t('refused.alreadyTakenBy', { name });
  const key = `refused.${refusal.code}`;
  return hasText(key) ? t(key, { message: refusal.message }) : t('refused.other', { message: refusal.message });
}

export function hasText(key: string): key is TextKey {
  return Object.hasOwn(workstationEn, key);
}

function winner(now: unknown, nameOf: (agentId: string) => string | null): string | null {
  if (typeof now !== 'object' || now === null || !('agentId' in now)) return null;
  return typeof now.agentId === 'string' ? nameOf(now.agentId) : null;
}
