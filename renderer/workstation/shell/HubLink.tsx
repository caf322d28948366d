import { Button, Popover, Stack, UnstyledButton } from '@mantine/core';
import { IconPlugConnectedX, IconRefresh } from '@tabler/icons-react';
import { useApp } from '../lifecycle/app-context';
import { OwnSince, OwnUntil } from '../session/Figures';
import { useOffice, useSession } from '../session/session-context';
import { hasText } from '../ui/refusal-text';
import { Sentence } from '../ui/Sentence';
import { useText } from '../ui/text';
import classes from './TopBar.module.css';

/** The link to the hub, as it is. */
export function HubLink() {
  const t = useText();
  const link = useOffice((state) => state.link);
  const office = useOffice((state) => state.office?.name ?? null);
  const state = link.state === 'idle' ? 'connecting' : link.state;
  return (
    <Popover position="bottom-end" width={320} trapFocus returnFocus>
      <Popover.Target>
        <UnstyledButton
          className={classes.pill}
          data-link={state}
          aria-label={t('link.label', { state: t(`link.${state}`) })}
        >
          {state === 'up' ? <span className={classes.dot} /> : <IconPlugConnectedX size={15} aria-hidden="true" />}
          <span className={classes.words}>{state === 'up' && office !== null ? office : t(`link.${state}`)}</span>
          {link.state === 'down' ? <OwnSince at={link.since} /> : null}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown>
        <LinkDetails />
      </Popover.Dropdown>
    </Popover>
  );
}

function LinkDetails() {
  const t = useText();
  const session = useSession();
  const link = useOffice((state) => state.link);
  const unsent = useOffice((state) => state.unsent);
  const phase = useApp().store.getState();
  const reason = link.state === 'down' ? `${link.reason === 'lost' ? 'link.reason' : 'close'}.${link.reason}` : '';
  return (
    <Stack gap="xs">
      {link.state === 'up' ? (
        <p className={classes.help}>
          <Sentence text="link.upSince" slots={{ time: <OwnSince at={link.since} /> }} />
        </p>
      ) : null}
      {link.state === 'down' ? (
        <>
          <p className={classes.help}>
            <Sentence text="link.downSince" slots={{ time: <OwnSince at={link.since} /> }} />{' '}
            {hasText(reason) ? t(reason) : null}
          </p>
          <p className={classes.help}>
            {link.retryAt === null ? (
              t('link.trying')
            ) : (
              <Sentence text="link.nextTry" slots={{ time: <OwnUntil at={link.retryAt} /> }} />
            )}
          </p>
        </>
      ) : null}
      {unsent > 0 ? <p className={classes.help}>{t('link.waiting', { count: unsent })}</p> : null}
      {phase.phase === 'work' ? (
        <p className={classes.help}>
          {t('link.address')}: {phase.profile.agentUrl}
        </p>
      ) : null}
      {link.state !== 'up' ? (
        <Button leftSection={<IconRefresh size={16} />} variant="default" onClick={() => session.retryNow()}>
          {t('link.retry')}
        </Button>
      ) : null}
    </Stack>
  );
}
