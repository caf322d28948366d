import { passphraseLengthMax, passphraseLengthMin, passphraseProblem } from '../../../shared/passphrase';
import type { Text } from '../../../shared/text/workstation-text';

/** What is wrong with a new passphrase, or null. */
export function passphraseWords(t: Text, passphrase: string): string | null {
  if (passphrase.length > passphraseLengthMax) return t('host.tooLong', { max: passphraseLengthMax });
  const problem = passphraseProblem(passphrase);
  if (problem === 'passphraseTooShort') return t('host.passphraseShort', { min: passphraseLengthMin });
  return problem && t(`refused.${problem}`);
}
