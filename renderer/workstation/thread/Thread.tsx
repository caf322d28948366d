import { Button, Loader } from '@mantine/core';
import { IconArrowDown } from '@tabler/icons-react';
import { type ReactNode, type RefObject, useEffect, useMemo, useRef, useState } from 'react';
import { type Components, Virtuoso, type VirtuosoHandle } from 'react-virtuoso';
import type { MessageView } from '../../../shared/protocol/views';
import type { SendingMessage } from '../session/office-state';
import { useIsUp } from '../session/session-context';
import { useText } from '../ui/text';
import { MessageItem } from './MessageItem';
import { SendingItem } from './SendingItem';
import classes from './Thread.module.css';
import { messageRows, type ThreadRow, withRead } from './thread-rows';

export interface ThreadProps {
  customerName: string;
  messages: readonly MessageView[];
  /** There are more before the first of `messages`; false from `onEarlier`: they can't be had now. */
  earlier: boolean;
  onEarlier(): Promise<boolean>;
  /** Own ones that the hub has not shown yet. */
  sending?: readonly SendingMessage[];
  newFrom?: string | null;
  /** The last message that the customer has read. */
  seenByCustomer?: string | null;
  /** The customer is typing. */
  typing?: boolean;
  /** Above the first message. */
  head?: ReactNode;
  /** New ones are read out as they come. */
  isLive: boolean;
  onAway?(away: boolean): void;
}

const nothing: readonly SendingMessage[] = [];
/** This close to the end counts as reading the newest. */
const atEndPx = 60;
/** With so few left above, more are asked for, so that nobody has to wait for them. */
const nearStart = 20;
/** Far above how many messages can ever be put before the first. */
const firstPlace = 100_000_000;

/** Messages, the newest in sight; only what is near the window is drawn, however many there are. */
export function Thread(props: ThreadProps) {
  const { customerName, messages, earlier, sending = nothing, newFrom = null, seenByCustomer = null } = props;
  const { head, isLive, onAway, typing = false } = props;
  const t = useText();
  const list = useRef<VirtuosoHandle>(null);
  const { following, away, scrolled, follow } = useFollowing(onAway);
  const toEnd = () => list.current?.scrollToIndex({ index: 'LAST', align: 'end' });
  // Not by an index, which is counted with the size before.
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
  const firstIndex = firstPlace - usePutBefore(messages);
  const { failed, load } = useEarlier(props);
  return (
    <div ref={frame} className={classes.frame}>
      <Virtuoso<ThreadRow, ThreadContext>
        ref={list}
        className={classes.scroll}
        role="log"
        // What is only scrolled into the window is not news.
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

/**
 * The newest stay in sight, however fast they come and however late their height is known, until one scrolls up; and
 * again from the end on.
 */
function useFollowing(onAway: ((away: boolean) => void) | undefined) {
  const following = useRef(true);
  const lastTop = useRef(0);
  const [away, setAway] = useState(false);
  const set = (follows: boolean) => {
    if (following.current === follows) return;
    following.current = follows;
    setAway(!follows);
    onAway?.(!follows);
  };
  const scrolled = ({ scrollTop, scrollHeight, clientHeight }: HTMLElement) => {
    if (scrollHeight - clientHeight - scrollTop <= atEndPx) set(true);
    else if (scrollTop < lastTop.current) set(false);
    lastTop.current = scrollTop;
  };
  return { following, away, scrolled, follow: () => set(true) };
}

/** Calls when the element has another size: a banner comes, the composer grows. */
function useResized(resized: () => void): RefObject<HTMLDivElement | null> {
  const element = useRef<HTMLDivElement>(null);
  const last = useRef(resized);
  last.current = resized;
  useEffect(() => {
    if (!element.current) return;
    const observer = new ResizeObserver(() => last.current());
    observer.observe(element.current);
    return () => observer.disconnect();
  }, []);
  return element;
}

/** How many have been put before what was first when the thread was opened: those places are counted down. */
function usePutBefore(messages: readonly MessageView[]): number {
  const anchor = useRef<string | null>(null);
  return useMemo(() => {
    const place = messages.findIndex(({ messageId }) => messageId === anchor.current);
    if (place === -1) anchor.current = messages[0]?.messageId ?? null;
    return Math.max(0, place);
  }, [messages]);
}

function useEarlier({ earlier, onEarlier }: ThreadProps) {
  const up = useIsUp();
  const [failed, setFailed] = useState(false);
  const loading = useRef(false);
  const load = async () => {
    if (!earlier || loading.current || !up) return;
    loading.current = true;
    setFailed(false);
    setFailed(!(await onEarlier()));
    loading.current = false;
  };
  return { failed: failed || !up, load: () => void load() };
}

interface ThreadContext {
  head: ReactNode;
  earlier: boolean;
  failed: boolean;
  load(): void;
  /** The name of a customer who types. */
  typing: string | null;
}

const components: Components<ThreadRow, ThreadContext> = {
  Header: ({ context }) => (context ? <Head {...context} /> : null),
  Footer: ({ context }) => <Typing name={context?.typing ?? null} />,
};

/** Its room is kept, so that nothing moves. */
function Typing({ name }: { name: string | null }) {
  const t = useText();
  return (
    <div className={classes.foot} aria-live="off">
      {name === null ? null : t('conversation.typing', { name })}
    </div>
  );
}

function Head({ head, earlier, failed, load }: ThreadContext) {
  const t = useText();
  const up = useIsUp();
  if (!earlier) return <div className={classes.head}>{head}</div>;
  return (
    <div className={classes.head}>
      {failed ? (
        <Button size="compact-sm" variant="subtle" disabled={!up} onClick={load}>
          {t('conversation.earlier')}
        </Button>
      ) : (
        <Loader size="xs" aria-label={t('conversation.earlierComes')} />
      )}
    </div>
  );
}
