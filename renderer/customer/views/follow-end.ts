import { show } from '../dom';

/** Nearer to the end than this counts as reading the newest, in CSS pixels. */
const nearEndPx = 60;

/** Keeps the newest in sight for readers who are at the end; `newer` leads the others there. */
export function followEnd(scroller: HTMLElement, newer: HTMLElement) {
  let isAtEnd = true;
  let heightPx = 0;

  const scrollToEnd = () => {
    scroller.scrollTop = scroller.scrollHeight;
    isAtEnd = true;
    show(newer, false);
  };
  newer.addEventListener('click', scrollToEnd);
  scroller.addEventListener('scroll', () => {
    // A change of height scrolls as well, before it is observed below; the reader did not do that.
    if (scroller.clientHeight !== heightPx) return;
    isAtEnd = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < nearEndPx;
    if (isAtEnd) show(newer, false);
  });
  // The on-screen keyboard takes room away; the newest stays in sight.
  new ResizeObserver(() => {
    heightPx = scroller.clientHeight;
    if (isAtEnd) scrollToEnd();
  }).observe(scroller);

  return { isAtEnd: () => isAtEnd, scrollToEnd };
}
