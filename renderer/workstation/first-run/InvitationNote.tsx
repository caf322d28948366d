import { Checkbox } from '@mantine/core';
import { useText } from '../ui/text';
import classes from './FirstRun.module.css';

interface InvitationNoteProps {
  agentUrl: string;
  /** It was opened outside, by a web page or a mail: then somebody has to say that they know who sent it. */
  asks: boolean;
  isTrusted: boolean;
  onTrust: (isTrusted: boolean) => void;
}

/** Where an invitation leads, before anything goes there. */
export function InvitationNote({ agentUrl, asks, isTrusted, onTrust }: InvitationNoteProps) {
  const t = useText();
  const { host, hash } = new URL(agentUrl);
  return (
    <section className={classes.invitation} aria-label={t('join.leadsTo')} data-asks={asks}>
      <p className={classes.known}>{t('join.leadsTo')}</p>
      <b className={classes.invitationHost}>{host}</b>
      <p className={classes.known}>{t('join.hubKey', { start: hash.slice('#fp='.length).slice(0, 8) })}</p>
      <p className={classes.known}>{t(asks ? 'join.openedOutside' : 'join.invitationRead')}</p>
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
