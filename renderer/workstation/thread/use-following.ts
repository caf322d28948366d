import { type RefObject, useEffect, useRef, useState } from 'react';

/** This close to the end counts as reading the newest, in CSS pixels. */
export const atEndPx = 60;

/**
 * Keeps the newest messages in view until the reader scrolls up, and again once they are back at the end. Only
 * scrolling up counts: fast messages and late measurements, too, can leave the end out of view. `begins` false: the
 * reader begins further up.
 */
export function useFollowing(onAway: ((away: boolean) => void) | undefined, begins = true) {
  const following = useRef(begins);
  const lastTop = useRef(0);
  const [away, setAway] = useState(!begins);
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

/** Calls `resized` when the element's size changes, for example because a banner appears or the composer grows. */
export function useResized(resized: () => void): RefObject<HTMLDivElement | null> {
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
