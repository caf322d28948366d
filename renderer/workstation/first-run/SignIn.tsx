import { useState } from 'react';
import { useServices } from '../services/services';
import { JoinWaiting } from './JoinWaiting';
import { ResetPassphrase } from './ResetPassphrase';
import { SignInForm } from './SignInForm';
import { type SignInTarget, useSignInDraft } from './use-sign-in-draft';

/** Signing in at a known hub: in a browser, and on a desktop that was signed out. */
export function SignIn({ isRestored = false, ...target }: SignInTarget & { isRestored?: boolean }) {
  const { desktop } = useServices();
  const signIn = useSignInDraft(target);
  const [isResetting, setIsResetting] = useState(false);
  if (signIn.cancel) return <JoinWaiting onCancel={signIn.cancel} />;
  if (isResetting && desktop)
    return (
      <ResetPassphrase
        desktop={desktop}
        onBack={() => setIsResetting(false)}
        onReset={(passphrase, name) => {
          setIsResetting(false);
          signIn.fillIn(passphrase, name);
        }}
      />
    );
  const mayReset = signIn.kind === 'passphrase' && target.mode === 'host' && desktop !== null;
  return <SignInForm signIn={signIn} isRestored={isRestored} onForgot={mayReset ? () => setIsResetting(true) : null} />;
}
