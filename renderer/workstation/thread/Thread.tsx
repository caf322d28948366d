import { Button } from '@mantine/core';
import { IconArrowDown } from '@tabler/icons-react';
import { type ReactNode, useMemo, useRef } from 'react';
import { type Components, Virtuoso, type VirtuosoHandle } from 'react-virtuoso';
import type { MessageView } from '../../../shared/protocol/views';
import type { SendingMessage } from '../session/office-state';
import { useText } from '../ui/text';
import { MessageItem } from './MessageItem';
import { SendingItem } from './SendingItem';
import classes from './Thread.module.css';
import { type ThreadContext, ThreadHead, ThreadTyping } from './ThreadEnds';
import { messageRows, type ThreadRow, withRead } from './thread-rows';
import { atEndPx, useFollowing, useResized } from './use-following';
import { useCountBefore, useLoadEarlier } from './use-load-earlier';

export interface ThreadProps {
  customerName: string;
  messages: readonly MessageView[];
  /** There are more before the first of `messages`. */
  earlier: boolean;
  /** Loads them; false: that is not possible now. */
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
}

const nothing: readonly SendingMessage[] = [];
/** With so few messages left above, earlier ones are loaded, before the reader gets there. */
const nearStart = 20;
/** More than there can ever be earlier messages: Virtuoso counts their places down from here. */
const firstPlace = 100_000_000;

/** The messages, with the newest in sight. Only those near the window are drawn, however many there are. */
export function Thread(props: ThreadProps) {
  const { customerName, messages, earlier, sending = nothing, newFrom = null, seenByCustomer = null } = props;
  const { head, isLive, onAway, typing = false } = props;
  const t = useText();
  const list = useRef<VirtuosoHandle>(null);
  const { following, away, scrolled, follow } = useFollowing(onAway);
  const toEnd = () => list.current?.scrollToIndex({ index: 'LAST', align: 'end' });
  // Not by an index: Virtuoso would compute its place with the old size.
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
  return (
    <div ref={frame} className={classes.frame}>
      <Virtuoso<ThreadRow, ThreadContext>
        ref={list}
        className={classes.scroll}
        role="log"
        // What is merely scrolled into view is not news.
        aria-live={isLive && !away ? 'polite' : 'off'}
        aria-label={t('conversation.messages')}
        data={rows}
        computeItemKey={(_index, row) => ('sending' in row ? row.sending.cid : row.message.messageId)}
        itemContent={(_index, row) =>
          'sending' in row ? (
            <SendingItem message={row.sending} />
          ) : (
            <MessageItem row={row} customerName={customerName} />
          )
        }
        firstItemIndex={firstIndex}
        initialTopMostItemIndex={Math.max(0, rows.length - 1)}
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
  );
}

const components: Components<ThreadRow, ThreadContext> = {
  Header: ({ context }) => (context ? <ThreadHead {...context} /> : null),
  Footer: ({ context }) => <ThreadTyping name={context?.typing ?? null} />,
};
