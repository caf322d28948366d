import { useState } from 'react';
import type { Profile } from '../../../shared/desktop-api';
import { useApp } from '../lifecycle/app-context';
import { useText } from '../ui/text';
import { useAttempt } from '../ui/use-attempt';
import { type SignInProblem, signInProblem } from './sign-in-problem';
import { useSignIn } from './use-sign-in';

export type SecretKind = 'code' | 'passphrase';

export interface SignInTarget {
  agentUrl: string;
  mode: Profile['mode'];
}

export type SignInDraft = ReturnType<typeof useSignInDraft>;

/** The sign-in form for a known hub: its values and signing in with them. */
export function useSignInDraft({ agentUrl, mode }: SignInTarget) {
  const t = useText();
  const app = useApp();
  const signIn = useSignIn();
  // On the hub's machine there may be no other supervisor who could make a code.
  const [kind, setKind] = useState<SecretKind>(mode === 'host' ? 'passphrase' : 'code');
  const [secret, setSecret] = useState('');
  // Asked for once the hub has said that several supervisors have a passphrase.
  const [name, setName] = useState<string | null>(null);
  /** Gives up waiting for a supervisor to let this device in; null while not waiting. */
  const [cancel, setCancel] = useState<(() => void) | null>(null);
  const { isBusy, problem, attempt, forget } = useAttempt<SignInProblem>((reason) => ({
    field: 'form',
    words: t('finish.failed', { reason }),
  }));

  const tryIt = async (): Promise<SignInProblem | null> => {
    const typed = kind === 'code' ? secret.trim() : secret;
    if (typed === '')
      return { field: 'secret', words: t(kind === 'code' ? 'join.codeMissing' : 'signIn.passphraseMissing') };
    const whose = name?.trim() ? { name: name.trim() } : {};
    const auth = kind === 'code' ? ({ kind, code: typed } as const) : ({ kind, passphrase: typed, ...whose } as const);
    const result = await signIn(agentUrl, auth, (giveUp) => setCancel(() => giveUp));
    setCancel(null);
    if (result.ok) {
      const { deviceId, token } = result;
      await app.enter({ mode, agentUrl, deviceId, token });
      return null;
    }
    if (result.code === 'nameNeeded') setName('');
    return result.code === 'cancelled' ? null : signInProblem(t, result, kind, true);
  };
  return {
    kind,
    secret,
    name,
    cancel,
    isBusy,
    problem,
    submit: () => void attempt(tryIt),
    setSecret(next: string) {
      setSecret(next);
      forget();
    },
    setName(next: string) {
      setName(next);
      forget();
    },
    setKind(next: SecretKind) {
      setKind(next);
      setSecret('');
      forget();
    },
    /** Fills in a passphrase that was just set; `name` is empty if none is needed. */
    fillIn(passphrase: string, name: string) {
      if (name !== '') setName(name);
      setSecret(passphrase);
      forget();
    },
  };
}
