/** The element to focus in a pane; a pane without one takes the focus itself. */
const landing = 'textarea, [aria-current], [data-pane-focus], [data-pane="banner"] button';

/** Moves the focus to the next or previous pane that can take it: a hidden one cannot. */
export function focusPane(step: 1 | -1): void {
  const panes = [...document.querySelectorAll<HTMLElement>('[data-pane]')];
  // One pane may lie in another.
  const within = document.activeElement?.closest<HTMLElement>('[data-pane]');
  const now = within ? panes.indexOf(within) : -1;
  const start = now < 0 && step < 0 ? panes.length : now;
  for (let tried = 1; tried <= panes.length; tried += 1) {
    const pane = panes[(start + step * tried + 2 * panes.length) % panes.length];
    const places = [...(pane?.querySelectorAll<HTMLElement>(landing) ?? [])];
    (places.find((place) => place.closest('[data-pane]') === pane) ?? pane)?.focus();
    if (pane?.contains(document.activeElement)) return;
  }
}
