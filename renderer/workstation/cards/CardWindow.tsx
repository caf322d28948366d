import { useEffect, useState, useSyncExternalStore } from 'react';
import type { Clock } from '../../../shared/client/clock';
import type { CardApi, DesktopAlert } from '../../../shared/desktop-api';
import type { Ticker } from '../services/ticker';
import { Avatar } from '../ui/Avatar';
import { CountdownRing } from '../ui/CountdownRing';
import { formatSpan } from '../ui/spans';
import classes from './CardWindow.module.css';

/** As many as the window has room for; the last one says how many more there are. */
const cardsMax = 3;

interface CardWindowProps {
  bridge: CardApi;
  clock: Clock;
  ticker: Ticker;
}

/** The alerts while the workstation's window is hidden. Their texts come with them. */
export function CardWindow({ bridge, clock, ticker }: CardWindowProps) {
  const [cards, setCards] = useState<DesktopAlert[]>([]);
  useEffect(() => {
    const stop = bridge.on('cards.changed', (changed) => setCards(changed.cards));
    void bridge.call('cards.read').then(setCards);
    return stop;
  }, [bridge]);
  const look = cards[0]?.look;
  useEffect(() => {
    if (!look) return;
    document.documentElement.dataset.mantineColorScheme = look.scheme;
    document.documentElement.lang = look.language === 'zh' ? 'zh-CN' : 'en';
  }, [look]);
  useSyncExternalStore(ticker.subscribe, ticker.tick);
  const now = clock.now();
  const more = cards.length - cardsMax;
  return cards
    .slice(0, cardsMax)
    .map((card, index) => (
      <Card
        key={card.alertId}
        card={card}
        now={now}
        more={index === cardsMax - 1 && more > 0 ? more : 0}
        onAccept={() => void bridge.call('cards.accept', card.alertId)}
        onOpen={() => void bridge.call('cards.open', card.alertId)}
      />
    ));
}

interface CardProps {
  card: DesktopAlert;
  now: number;
  /** How many alerts there are besides the visible ones. */
  more: number;
  onAccept: () => void;
  onOpen: () => void;
}

function Card({ card, now, more, onAccept, onOpen }: CardProps) {
  const { title, body, group, why, waitingSince, until, shownAt, words } = card;
  const waiting = words.waiting.replace('{time}', formatSpan(now - waitingSince));
  return (
    <article className={classes.card} aria-label={title}>
      <header className={classes.head}>
        <Avatar name={card.name} />
        <div className={classes.who}>
          <div className={classes.name}>{title}</div>
          <div className={`${classes.sub} tabular`}>
            {group} · {waiting}
          </div>
        </div>
        {until === null ? null : <CountdownRing from={shownAt} to={until} now={now} />}
      </header>
      <p className={classes.quote} dir="auto">
        {body}
      </p>
      <p className={classes.why}>{why}</p>
      <div className={classes.actions}>
        {words.accept === null ? null : (
          <button type="button" className={classes.accept} onClick={onAccept}>
            {words.accept}
          </button>
        )}
        <button type="button" className={classes.open} onClick={onOpen}>
          {words.open}
        </button>
        {more > 0 ? <span className={classes.more}>{`+${more}`}</span> : null}
      </div>
    </article>
  );
}
