import { Checkbox } from '@mantine/core';
import { useText } from '../ui/text';
import classes from './InvitationNote.module.css';
import { StepWords } from './StepPage';

interface InvitationNoteProps {
  agentUrl: string;
  /** It was opened as a link, perhaps from a web page or a mail: the user has to confirm that they know the sender. */
  asks: boolean;
  isTrusted: boolean;
  onTrust: (isTrusted: boolean) => void;
}

/** Shows which hub an invitation leads to, before anything is sent there. */
export function InvitationNote({ agentUrl, asks, isTrusted, onTrust }: InvitationNoteProps) {
  const t = useText();
  const { host, hash } = new URL(agentUrl);
  return (
    <section className={classes.note} aria-label={t('join.leadsTo')} data-asks={asks}>
      <StepWords>{t('join.leadsTo')}</StepWords>
      <b className={classes.host}>{host}</b>
      <StepWords>{t('join.hubKey', { start: hash.slice('#fp='.length).slice(0, 8) })}</StepWords>
      <StepWords>{t(asks ? 'join.openedOutside' : 'join.invitationRead')}</StepWords>
      {asks ? (
        <Checkbox
          mt="xs"
          label={t('join.knowSender')}
          checked={isTrusted}
          onChange={(event) => onTrust(event.currentTarget.checked)}
        />
      ) : null}
    </section>
  );
}
