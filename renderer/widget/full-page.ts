/** Windows without room for the chat beside the page. */
const narrow = '(max-width: 560px), (max-height: 420px)';

/**
 * Lets the open chat fill what is visible of a small window, above an on-screen keyboard, while the page behind it keeps
 * its place. Returns the end of it, which gives the page back.
 */
export function fillVisible(window: Window, panel: HTMLElement): () => void {
  const { document, visualViewport: visible } = window;
  const query = window.matchMedia(narrow);
  // Constructed, so that no attribute of the page changes, and no policy against inline styles stands in the way.
  const still = new CSSStyleSheet();
  still.replaceSync('html{overflow:hidden!important}');
  let place: [number, number] | null = null;

  const follow = () => {
    const isFull = query.matches;
    panel.toggleAttribute('data-full', isFull);
    panel.style.top = isFull ? `${visible?.offsetTop ?? 0}px` : '';
    panel.style.height = isFull ? `${visible?.height ?? window.innerHeight}px` : '';
    const isStill = place !== null;
    if (isFull && !isStill) {
      place = [window.scrollX, window.scrollY];
      document.adoptedStyleSheets = [...document.adoptedStyleSheets, still];
    } else if (!isFull) giveBack();
  };
  const giveBack = () => {
    if (place === null) return;
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => sheet !== still);
    window.scrollTo({ left: place[0], top: place[1], behavior: 'instant' });
    place = null;
  };
  visible?.addEventListener('resize', follow);
  visible?.addEventListener('scroll', follow);
  query.addEventListener('change', follow);
  follow();
  return () => {
    visible?.removeEventListener('resize', follow);
    visible?.removeEventListener('scroll', follow);
    query.removeEventListener('change', follow);
    giveBack();
  };
}

export function isNarrow(window: Window): boolean {
  return window.matchMedia(narrow).matches;
}
