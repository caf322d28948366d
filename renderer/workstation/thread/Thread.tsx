import { Button } from '@mantine/core';
import { IconArrowDown } from '@tabler/icons-react';
import { type ReactNode, useMemo, useRef, useState } from 'react';
import { type Components, Virtuoso, type VirtuosoHandle } from 'react-virtuoso';
import type { MessageView } from '../../../shared/protocol/views';
import type { SendingMessage } from '../session/office-state';
import { useText } from '../ui/text';
import { HitBar } from './HitBar';
import { hitsIn } from './hits-in';
import { MessageItem } from './MessageItem';
import { PictureViewing } from './PictureViewing';
import { SendingItem } from './SendingItem';
import classes from './Thread.module.css';
import { type ThreadContext, ThreadHead, ThreadTyping } from './ThreadEnds';
import { messageRows, type ThreadRow, withRead } from './thread-rows';
import { atEndPx, useFollowing, useResized } from './use-following';
import { useCountBefore, useLoadEarlier } from './use-load-earlier';

export interface ThreadProps {
  customerName: string;
  messages: readonly MessageView[];
  /** There are earlier messages than the first of `messages`. */
  earlier: boolean;
  /** Loads a page of them; false: not possible now. */
  onEarlier(): Promise<boolean>;
  /** Own messages on their way to the hub. */
  sending?: readonly SendingMessage[];
  newFrom?: string | null;
  /** The last message that the customer has read. */
  seenByCustomer?: string | null;
  /** The customer is typing. */
  typing?: boolean;
  /** Above the first message. */
  head?: ReactNode;
  /** New messages are read out by screen readers. */
  isLive: boolean;
  onAway?(away: boolean): void;
  /** Search terms: they are marked, and the first message with them is in view. */
  query?: string;
}

const nothing: readonly SendingMessage[] = [];
/** With fewer messages than this above the visible ones, earlier ones are loaded ahead. */
const nearStart = 20;
/** More than a conversation has messages: Virtuoso needs an index that decreases by each earlier message. */
const firstPlace = 100_000_000;

/** The messages, scrolled to the newest. Virtualised: only those near the visible part are rendered. */
export function Thread(props: ThreadProps) {
  const { customerName, messages, earlier, sending = nothing, newFrom = null, seenByCustomer = null } = props;
  const { head, isLive, onAway, typing = false, query = '' } = props;
  const hits = useMemo(() => hitsIn(messages, query), [messages, query]);
  const [first] = useState(() => hits[0] ?? null);
  const [hitId, setHitId] = useState(() => messages[first ?? -1]?.messageId);
  const t = useText();
  const list = useRef<VirtuosoHandle>(null);
  const { following, away, scrolled, follow } = useFollowing(onAway, first === null);
  const toEnd = () => list.current?.scrollToIndex({ index: 'LAST', align: 'end' });
  // Not `scrollToIndex`: Virtuoso would still compute with the old size.
  const frame = useResized(() => {
    if (following.current) list.current?.scrollTo({ top: Number.MAX_SAFE_INTEGER });
  });
  const rows = useMemo(
    (): ThreadRow[] => [
      ...withRead(messageRows(messages, newFrom), seenByCustomer),
      ...sending.map((each) => ({ sending: each })),
    ],
    [messages, newFrom, seenByCustomer, sending],
  );
  const firstIndex = firstPlace - useCountBefore(messages);
  const { failed, load } = useLoadEarlier(props);
  const goToHit = (at: number) => {
    const index = hits[at] ?? 0;
    setHitId(messages[index]?.messageId);
    list.current?.scrollToIndex({ index, align: 'center' });
  };
  // Earlier messages come before the hits that were there, and other words have other hits.
  const hitAt = hits.findIndex((index) => messages[index]?.messageId === hitId);
  return (
    <>
      {hits.length > 1 ? <HitBar at={Math.max(0, hitAt)} count={hits.length} onGo={goToHit} /> : null}
      <div ref={frame} className={classes.frame}>
        <PictureViewing messages={messages}>
          <Virtuoso<ThreadRow, ThreadContext>
            ref={list}
            className={classes.scroll}
            role="log"
            // While the reader has scrolled up, messages coming into view are not new ones.
            aria-live={isLive && !away ? 'polite' : 'off'}
            aria-label={t('conversation.messages')}
            data={rows}
            computeItemKey={(_index, row) => ('sending' in row ? row.sending.cid : row.message.messageId)}
            itemContent={(_index, row) =>
              'sending' in row ? (
                <SendingItem message={row.sending} />
              ) : (
                <MessageItem row={row} customerName={customerName} query={query} />
              )
            }
            firstItemIndex={firstIndex}
            // The message before a hit stays in view.
            initialTopMostItemIndex={Math.max(0, first === null ? rows.length - 1 : first - 1)}
            alignToBottom
            increaseViewportBy={400}
            followOutput={() => {
              if ('sending' in (rows.at(-1) ?? {})) follow();
              return following.current ? 'auto' : false;
            }}
            atBottomThreshold={atEndPx}
            onScroll={(event) => scrolled(event.currentTarget)}
            totalListHeightChanged={() => {
              if (following.current) toEnd();
            }}
            rangeChanged={({ startIndex }) => {
              if (startIndex - firstIndex < nearStart) load();
            }}
            components={components}
            context={{ head, earlier, failed, load, typing: typing ? customerName : null }}
          />
        </PictureViewing>
        {away ? (
          <Button
            className={classes.newer}
            size="compact-sm"
            variant="default"
            radius="xl"
            leftSection={<IconArrowDown size={14} />}
            onClick={() => {
              follow();
              toEnd();
            }}
            data-command="messages.newest"
          >
            {t('conversation.newer')}
          </Button>
        ) : null}
      </div>
    </>
  );
}

const components: Components<ThreadRow, ThreadContext> = {
  Header: ({ context }) => (context ? <ThreadHead {...context} /> : null),
  Footer: ({ context }) => <ThreadTyping name={context?.typing ?? null} />,
};
