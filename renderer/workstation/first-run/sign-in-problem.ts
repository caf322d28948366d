import type { Text } from '../../../shared/text/workstation-text';
import type { SignInResult } from '../session/sign-in';
import { hasText } from '../ui/refusal-text';
import { formatSpan } from '../ui/spans';

export interface SignInProblem {
  /** Where to show it. */
  field: 'address' | 'secret' | 'name' | 'form';
  words: string;
}

/** Why signing in failed, and the field to show it at. `here`: the hub's address is known, so it can't be wrong. */
export function signInProblem(
  t: Text,
  failure: Extract<SignInResult, { ok: false }>,
  secret: 'code' | 'passphrase',
  here: boolean,
): SignInProblem {
  const { reason, code, waitMs } = failure;
  switch (reason) {
    case 'lost':
    case 'hubStopping':
    case 'helloTimeout':
      return { field: 'address', words: t(here ? 'signIn.unreachable' : 'join.unreachable') };
    case 'signInRefused':
    case 'tokenRevoked': {
      const key = `refused.${code}`;
      const general = secret === 'code' ? 'join.codeWrong' : 'signIn.passphraseWrong';
      const field = code === 'nameNeeded' ? 'name' : code === 'hubBusy' ? 'form' : 'secret';
      return { field, words: t(hasText(key) ? key : general, { time: formatSpan(waitMs ?? 0) }) };
    }
    case 'versionMismatch':
      return { field: 'form', words: t('join.versionMismatch') };
    default:
      return { field: 'form', words: t('join.otherClose', { name: t(`close.${reason}`) }) };
  }
}
