import { useState } from 'react';
import { Since } from '../../session/Figures';
import { useLists, useMyId, useOffice } from '../../session/session-context';
import { PaneLoading } from '../../ui/Pane';
import { Sentence } from '../../ui/Sentence';
import { useText } from '../../ui/text';
import { LeftMessages } from '../left/LeftMessages';
import classes from './ConversationList.module.css';
import { IncomingOffers } from './IncomingOffers';
import { MineRow } from './MineRow';
import { ServedRows } from './ServedRows';
import { useHeldOrder } from './use-held-order';
import { WaitingRow } from './WaitingRow';
import { WrapUps } from './WrapUps';

export function ConversationList() {
  const t = useText();
  const ready = useOffice((state) => state.ready);
  const lists = useLists();
  const [held, setHeld] = useState(false);
  const mine = useHeldOrder(lists.mine, held);
  const waiting = useHeldOrder(lists.waiting, held);
  return (
    <section
      className={classes.list}
      aria-label={t('list.label')}
      data-pane="list"
      // F6 moves the focus from pane to pane.
      tabIndex={-1}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
    >
      {ready ? (
        <>
          {lists.incoming.length > 0 ? (
            <section aria-label={t('list.incoming')}>
              <h2 className={classes.head} data-hot="true">
                {t('list.incoming')} <span>{lists.incoming.length}</span>
              </h2>
              <IncomingOffers firstUnfolded />
            </section>
          ) : null}
          <section aria-label={t('list.mine')}>
            <h2 className={classes.head}>
              {t('list.mine')} <MineCount />
            </h2>
            {mine.map((id) => (
              <MineRow key={id} conversationId={id} />
            ))}
            <WrapUps />
            {mine.length === 0 ? <NoneMine /> : null}
          </section>
          <section aria-label={t('list.waiting')}>
            <h2 className={classes.head}>
              {t('list.waiting')} <WaitingCount ids={waiting} />
            </h2>
            {waiting.map((id, i) => (
              <WaitingRow key={id} conversationId={id} place={i + 1} />
            ))}
            {waiting.length === 0 ? <p className={classes.none}>{t('list.waitingEmpty')}</p> : null}
          </section>
          <ServedRows held={held} />
          <LeftMessages />
        </>
      ) : (
        <PaneLoading label={t('list.loading')} />
      )}
    </section>
  );
}

function MineCount() {
  const t = useText();
  const myId = useMyId();
  const load = useOffice((state) => state.agents.get(myId)?.load ?? 0);
  const capacity = useOffice((state) => state.agents.get(myId)?.capacity ?? 0);
  const wrapUps = useOffice((state) => state.agents.get(myId)?.wrapUps.length ?? 0);
  const offers = useLists().incoming.length;
  return (
    <span>
      {wrapUps > 0 ? `${t('list.wrapUps', { count: wrapUps })} · ` : null}
      {offers > 0 ? `${t('list.offers', { count: offers })} · ` : null}
      {t('list.mineCount', { load, capacity })}
    </span>
  );
}

function NoneMine() {
  const t = useText();
  const myId = useMyId();
  const online = useOffice((state) => state.agents.get(myId)?.status === 'online');
  const hasOffers = useLists().incoming.length > 0;
  return <p className={classes.none}>{t(online && !hasOffers ? 'list.mineEmptyOnline' : 'list.mineEmpty')}</p>;
}

function WaitingCount({ ids }: { ids: readonly string[] }) {
  const longest = useOffice((state) =>
    ids.reduce<number | null>((least, id) => {
      const at = state.conversations.get(id)?.enqueuedAt ?? null;
      return at !== null && (least === null || at < least) ? at : least;
    }, null),
  );
  if (longest === null) return <span>{ids.length}</span>;
  return (
    <span>
      <Sentence text="list.waitingCount" params={{ count: ids.length }} slots={{ time: <Since at={longest} /> }} />
    </span>
  );
}
