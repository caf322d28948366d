import { Button } from '@mantine/core';
import type { LeftMessageView } from '../../../../shared/protocol/views';
import { useServices } from '../../services/services';
import { useIsSupervisor, useIsUp, useMyId, useOffice, useSession } from '../../session/session-context';
import { useSave } from '../../session/use-save';
import { useText } from '../../ui/text';
import { mailLink } from './mail-link';

interface LeftActionsProps {
  leftMessage: LeftMessageView;
  /** Its note and tags. */
  onEdit: () => void;
}

/** Everything that can be done with a left message before it is done. */
export function LeftActions({ leftMessage, onEdit }: LeftActionsProps) {
  const t = useText();
  const up = useIsUp();
  const { openLink } = useServices();
  const office = useOffice((state) => state.office?.name ?? '');
  const { customerName: name, contact, text, customerConnected } = leftMessage;
  const mail = mailLink(contact, t('left.mailSubject', { office }), text);
  return (
    <>
      {customerConnected ? <Begin leftMessage={leftMessage} /> : null}
      <Take leftMessage={leftMessage} />
      {mail === null ? null : (
        <Button
          size="compact-xs"
          variant="default"
          aria-label={t('left.mailLabel', { name })}
          onClick={() => openLink(mail)}
        >
          {t('left.mail')}
        </Button>
      )}
      <Button
        size="compact-xs"
        variant="default"
        disabled={!up}
        aria-label={t('left.labelsLabel', { name })}
        onClick={onEdit}
      >
        {t('left.labels')}
      </Button>
    </>
  );
}

/** For one that a colleague has taken only a supervisor has a button. */
function Take({ leftMessage: { leftMessageId, customerName: name, takenBy } }: { leftMessage: LeftMessageView }) {
  const t = useText();
  const session = useSession();
  const myId = useMyId();
  const isSupervisor = useIsSupervisor();
  const { isUp, isBusy, save } = useSave();
  const isMine = takenBy?.agentId === myId;
  if (takenBy && !isMine && !isSupervisor) return null;
  return (
    <Button
      size="compact-xs"
      variant="default"
      disabled={!isUp || isBusy}
      aria-label={t(isMine ? 'left.giveBackLabel' : 'left.takeLabel', { name })}
      onClick={() => save(() => session.send({ op: 'leftMessage.put', leftMessageId, taken: !isMine }))}
    >
      {t(isMine ? 'left.giveBack' : 'left.take')}
    </Button>
  );
}

function Begin({ leftMessage: { leftMessageId, customerName: name } }: { leftMessage: LeftMessageView }) {
  const t = useText();
  const session = useSession();
  const { isUp, isBusy, save } = useSave();
  const begin = async () => {
    const answer = await save(() => session.ask({ op: 'leftMessage.begin', leftMessageId }));
    if (answer?.result) session.select(answer.result.conversationId);
  };
  return (
    <Button
      size="compact-xs"
      disabled={!isUp || isBusy}
      title={t('left.beginHelp')}
      aria-label={t('left.beginLabel', { name })}
      onClick={() => void begin()}
    >
      {t('left.begin')}
    </Button>
  );
}
