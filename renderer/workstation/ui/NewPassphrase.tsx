import { PasswordInput } from '@mantine/core';
import { passphraseLengthMax, passphraseProblem } from '../../../shared/passphrase';
import { passphraseWords } from './passphrase-words';
import { useText } from './text';

interface TypedPassphrase {
  passphrase: string;
  again: string;
}

export const noPassphrase: TypedPassphrase = { passphrase: '', again: '' };

/** Whether it is long enough, not a common one, and the same in both fields. */
export function isFitPassphrase({ passphrase, again }: TypedPassphrase): boolean {
  return passphrase.length <= passphraseLengthMax && passphraseProblem(passphrase) === null && again === passphrase;
}

interface NewPassphraseProps {
  label: string;
  againLabel: string;
  typed: TypedPassphrase;
  hasAutofocus?: boolean;
  onType: (typed: TypedPassphrase) => void;
}

/** Fields for a new passphrase and its repetition; problems are shown while it is typed. */
export function NewPassphrase({ label, againLabel, typed, hasAutofocus = false, onType }: NewPassphraseProps) {
  const t = useText();
  const { passphrase, again } = typed;
  return (
    <>
      <PasswordInput
        label={label}
        autoComplete="new-password"
        value={passphrase}
        error={passphrase === '' ? null : passphraseWords(t, passphrase)}
        onChange={(event) => onType({ passphrase: event.currentTarget.value, again })}
        data-autofocus={hasAutofocus || undefined}
      />
      <PasswordInput
        label={againLabel}
        autoComplete="new-password"
        value={again}
        error={again !== '' && again !== passphrase ? t('host.passphraseDiffers') : null}
        onChange={(event) => onType({ passphrase, again: event.currentTarget.value })}
      />
    </>
  );
}
