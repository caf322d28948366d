/**
 * Keeps the page as tall as what is not covered by the on-screen keyboard. Where the browser shrinks the page itself
 * (`interactive-widget` in index.html) this says the same; iOS lays the keyboard over the page and needs it.
 */
export function followVisibleHeight(window: Window): void {
  const viewport = window.visualViewport;
  if (!viewport) return;
  const root = window.document.documentElement;
  const follow = () => {
    // Zoomed in by hand: the visible part is small because the reader wants it large.
    if (viewport.scale > 1.01) return;
    root.style.setProperty('--visible-height', `${Math.round(viewport.height)}px`);
    if (viewport.offsetTop > 0) window.scrollTo(0, 0);
  };
  viewport.addEventListener('resize', follow);
  follow();
}
