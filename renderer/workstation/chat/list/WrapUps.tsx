import { Button } from '@mantine/core';
import { IconPencilCheck } from '@tabler/icons-react';
import { Until } from '../../session/Figures';
import { settingsFor } from '../../session/reception';
import { useIsUp, useMyId, useOffice, useSession } from '../../session/session-context';
import { useAct } from '../../session/use-act';
import { Sentence } from '../../ui/Sentence';
import { useText } from '../../ui/text';
import classes from './Row.module.css';

/** WU1: the agent's own wrap-ups, shown because each uses capacity. */
export function WrapUps() {
  const myId = useMyId();
  const wrapUps = useOffice((state) => state.agents.get(myId)?.wrapUps);
  return wrapUps?.map((conversationId) => <WrapUpRow key={conversationId} conversationId={conversationId} />);
}

function WrapUpRow({ conversationId }: { conversationId: string }) {
  const t = useText();
  const act = useAct();
  const up = useIsUp();
  const session = useSession();
  const conversation = useOffice(
    (state) => state.conversations.get(conversationId) ?? state.recentlyGone.get(conversationId) ?? null,
  );
  const since = useOffice((state) => state.wrapUpSince.get(conversationId) ?? null);
  const seconds = useOffice((state) =>
    conversation ? (settingsFor(state, conversation.groupId)?.wrapUpSeconds ?? null) : null,
  );
  const name = conversation?.customerName ?? t('wrapUp.unknown');
  return (
    <section className={classes.row} aria-label={t('wrapUp.label', { name })}>
      <div className={classes.main}>
        <span className={classes.place}>
          <IconPencilCheck size={17} aria-hidden="true" />
        </span>
        <span className={classes.words}>
          <span className={classes.name} dir="auto">
            {name}
          </span>
          <span className={classes.text}>
            {since === null || seconds === null ? (
              t('wrapUp.using')
            ) : (
              <Sentence text="wrapUp.usingFor" slots={{ time: <Until at={since + seconds * 1000} /> }} />
            )}
          </span>
        </span>
        <Button
          size="compact-xs"
          variant="default"
          disabled={!up}
          aria-label={t('wrapUp.doneLabel', { name })}
          onClick={() => act(session.send({ op: 'wrapUp.done', conversationId }))}
        >
          {t('wrapUp.done')}
        </Button>
      </div>
    </section>
  );
}
