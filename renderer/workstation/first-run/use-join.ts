import { useState } from 'react';
import type { PairResult } from '../../../shared/desktop-api';
import type { AgentAuth } from '../../../shared/protocol/agent-wire';
import type { TextKey } from '../../../shared/text/workstation-text';
import { useServices } from '../services/services';
import { isHere, readAddress, readInvitation } from '../session/line-url';
import { formatSpan } from '../ui/spans';
import { useText } from '../ui/text';
import type { Entered } from './entered';
import { type SignInProblem, signInProblem } from './sign-in-problem';
import { useSignIn } from './use-sign-in';

type JoinStage = { stage: 'typing' } | { stage: 'connecting' } | { stage: 'waiting'; cancel: () => void };

/** Joins a team by an invitation link, or by the hub's address and a typed code. */
export function useJoin(onEntered: (entered: Entered) => void) {
  const t = useText();
  const signIn = useSignIn();
  const { desktop } = useServices();
  const [stage, setStage] = useState<JoinStage>({ stage: 'typing' });
  const [problem, setProblem] = useState<SignInProblem | null>(null);

  const stop = (found: SignInProblem | null) => {
    setStage({ stage: 'typing' });
    setProblem(found);
  };
  const enter = async (agentUrl: string, auth: AgentAuth) => {
    const result = await signIn(agentUrl, auth, (cancel) => setStage({ stage: 'waiting', cancel }));
    if (!result.ok) return stop(result.code === 'cancelled' ? null : signInProblem(t, result, 'code', false));
    const { deviceId, token, agentName } = result;
    onEntered({ profile: { mode: 'join', agentUrl, deviceId, token }, agentName });
  };
  const byCode = async (address: string, code: string) => {
    const plainUrl = readAddress(address);
    if (plainUrl === null) {
      const key = address.trim() === '' ? 'join.addressMissing' : 'join.addressBad';
      return stop({ field: 'address', words: t(key) });
    }
    if (code === '') return stop({ field: 'secret', words: t('join.codeMissing') });
    if (isHere(plainUrl) || !desktop) return enter(plainUrl, { kind: 'code', code });
    const paired = await desktop.call('hub.pair', new URL(plainUrl).host, code);
    if (!paired.ok) {
      // Whole seconds, rounded up, so that waiting for the time shown is enough.
      const time = formatSpan('retryAfterMs' in paired ? paired.retryAfterMs + 999 : 0);
      return stop({ field: fieldOf[paired.reason], words: t(wordsOf[paired.reason], { time }) });
    }
    return enter(paired.agentUrl, { kind: 'code', code });
  };
  const join = async (place: string, code: string) => {
    setProblem(null);
    setStage({ stage: 'connecting' });
    const invitation = readInvitation(place);
    if (invitation) return enter(invitation.agentUrl, { kind: 'link', secret: invitation.secret });
    return byCode(place, code.trim());
  };
  /** What the problem is about has been changed. */
  const forget = () => setProblem(null);
  return { stage, problem, join, forget };
}

type PairFailure = Extract<PairResult, { ok: false }>['reason'];

const fieldOf: Record<PairFailure, SignInProblem['field']> = {
  unreachable: 'address',
  wrongCode: 'secret',
  impostor: 'secret',
  tooManyTries: 'form',
};
const wordsOf: Record<PairFailure, TextKey> = {
  unreachable: 'join.unreachable',
  wrongCode: 'join.codeWrong',
  impostor: 'join.impostor',
  tooManyTries: 'join.tooManyTries',
};
