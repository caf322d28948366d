import { Checkbox } from '@mantine/core';
import { useText } from '../ui/text';
import classes from './InvitationNote.module.css';
import { StepWords } from './StepPage';

interface InvitationNoteProps {
  agentUrl: string;
  /** It came as a link from a web page or a mail: the person has to confirm that they know the sender. */
  asks: boolean;
  isTrusted: boolean;
  onTrust: (isTrusted: boolean) => void;
}

/** Where an invitation leads, before anything goes there. */
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
