import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { isInvitationLike, readInvitation } from '../session/line-url';
import { useText } from '../ui/text';
import type { Entered } from './entered';
import { FoundHubs } from './FoundHubs';
import { InvitationNote } from './InvitationNote';
import { JoinWaiting } from './JoinWaiting';
import { ProblemNote } from './ProblemNote';
import { StepForm, StepPage } from './StepPage';
import { useJoin } from './use-join';

interface JoinFormProps {
  /** The initial value. Nothing is sent before the user submits the form. */
  invitation: string;
  onBack: () => void;
  onEntered: (entered: Entered) => void;
}

export function JoinForm({ invitation, onBack, onEntered }: JoinFormProps) {
  const t = useText();
  const { stage, problem, join, forget } = useJoin(onEntered);
  const [place, setPlace] = useState(invitation);
  const [code, setCode] = useState('');
  const [isTrusted, setIsTrusted] = useState(false);
  const changePlace = (next: string) => {
    setPlace(next);
    setIsTrusted(false);
    forget();
  };
  if (stage.stage === 'waiting') return <JoinWaiting onCancel={stage.cancel} />;
  const busy = stage.stage === 'connecting';
  const read = readInvitation(place);
  const isIncomplete = read === null && isInvitationLike(place);
  const wasOpenedOutside = read !== null && place === invitation;
  const cannotGo = isIncomplete || (wasOpenedOutside && !isTrusted);
  const isAboutAll = problem?.field === 'form' || (problem?.field === 'secret' && read !== null);
  const addressProblem = problem?.field === 'address' ? problem.words : null;
  return (
    <StepPage title={t('join.title')} onBack={onBack} foot={t('first.nothingWritten')}>
      <FoundHubs onPick={changePlace} />
      <StepForm
        onSubmit={() => {
          if (!cannotGo) void join(place, code);
        }}
      >
        <TextInput
          label={t('join.address')}
          description={t('join.addressHelp')}
          value={place}
          error={isIncomplete ? t('join.incomplete') : addressProblem}
          onChange={(event) => changePlace(event.currentTarget.value)}
          data-autofocus
          spellCheck={false}
        />
        {read ? (
          <InvitationNote
            agentUrl={read.agentUrl}
            asks={wasOpenedOutside}
            isTrusted={isTrusted}
            onTrust={setIsTrusted}
          />
        ) : isIncomplete ? null : (
          <TextInput
            label={t('join.code')}
            description={t('join.codeHelp')}
            value={code}
            error={problem?.field === 'secret' ? problem.words : null}
            onChange={(event) => {
              setCode(event.currentTarget.value);
              forget();
            }}
            autoComplete="one-time-code"
            spellCheck={false}
          />
        )}
        <ProblemNote words={isAboutAll ? problem.words : null} />
        <Button type="submit" loading={busy} disabled={cannotGo}>
          {t(busy ? 'join.connecting' : 'join.go')}
        </Button>
      </StepForm>
    </StepPage>
  );
}
