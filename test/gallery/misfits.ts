/**
 * Runs in the page. Names what does not fit into the window: controls that are cut, covered or out of reach, words that
 * are cut without an ellipsis, squeezed to nothing or wrapped inside a button, what scrolls sideways, and panes too small
 * to be read.
 * With `isOver` it looks at what lies over the screen, otherwise at the screen.
 */
export async function misfits(isOver: boolean): Promise<string[]> {
  const found = new Set<string>();
  const controls =
    'button, a[href], input, textarea, select, [tabindex="0"], [role="option"], [role="menuitem"], [role="radio"]';
  // The customers' page is its body's, and its dialogs are the browser's.
  const screen = document.querySelector('dialog:modal') ? 'dialog:modal' : '#root, body:not(:has(#root))';
  const scope = [...document.querySelectorAll<HTMLElement>(isOver ? '[data-portal]' : screen)];
  const drawn = scope.flatMap((root) => [...root.querySelectorAll<HTMLElement>('*')]);
  const everything = drawn.filter(isSeen);

  for (const element of drawn) {
    // What is for screen readers alone has no height, either.
    const { width, height } = element.getBoundingClientRect();
    if (width <= 1 && height > 8 && hasOwnWords(element) && element.checkVisibility({ checkVisibilityCSS: true }))
      found.add(`words squeezed: ${nameOf(element)}`);
  }

  for (const element of everything) {
    const style = getComputedStyle(element);
    const scrolls = (overflow: string) => overflow === 'auto' || overflow === 'scroll';
    if (scrolls(style.overflowX) && element.scrollWidth > element.clientWidth + 1 && element.tagName !== 'TEXTAREA')
      found.add(`scrolls sideways: ${nameOf(element)}`);
    if (scrolls(style.overflowY) && element.scrollHeight > element.clientHeight + 1 && element.clientHeight < 44)
      if (element.tagName !== 'TEXTAREA') found.add(`too low to read: ${nameOf(element)}`);
    if (element instanceof HTMLInputElement && element.scrollWidth > element.clientWidth + 1)
      if (style.textOverflow !== 'ellipsis') found.add(`words cut: ${nameOf(element)}`);
    if (element.getAttribute('role') === 'log' && element.clientHeight < 56)
      found.add(`too low to read: ${nameOf(element)}`);
    if (hasOwnWords(element)) judgeWords(element);
  }
  if (document.documentElement.scrollWidth > window.innerWidth) {
    // What is for screen readers alone may stand anywhere.
    const widest = everything.filter((each) => each.getBoundingClientRect().right > window.innerWidth + 1).at(-1);
    if (widest) found.add(`the window scrolls sideways: ${nameOf(widest)}`);
  }
  for (const element of everything) if (element.matches(controls)) await judgeControl(element);
  return [...found];

  function isSeen(element: HTMLElement): boolean {
    const { width, height } = element.getBoundingClientRect();
    if (width <= 1 || height <= 1 || !element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true }))
      return false;
    // For screen readers alone.
    return element.closest('[data-visually-hidden], .mantine-VisuallyHidden-root') === null;
  }

  function nameOf(element: Element): string {
    const label = element.getAttribute('aria-label') ?? element.textContent?.trim().replaceAll(/\s+/g, ' ') ?? '';
    if (element === document.body || element === document.documentElement) return 'the window';
    const kind = element.getAttribute('role') ?? element.tagName.toLowerCase();
    return `${kind} “${label.slice(0, 48)}”${label === '' ? ` .${String(element.getAttribute('class')).slice(0, 60)}` : ''}`;
  }

  function hasOwnWords(element: HTMLElement): boolean {
    return [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim() !== '');
  }

  function wordsOf(element: HTMLElement): DOMRect[] {
    return [...element.childNodes].flatMap((node) => {
      if (node.nodeType !== Node.TEXT_NODE || node.textContent?.trim() === '') return [];
      const range = document.createRange();
      range.selectNodeContents(node);
      return [...range.getClientRects()].filter(({ width }) => width > 0);
    });
  }

  function judgeWords(element: HTMLElement): void {
    const rects = wordsOf(element);
    const lines = new Set(rects.map(({ top }) => Math.round(top)));
    if (element.closest('kbd, .mantine-Button-label') && lines.size > 1) found.add(`wraps: ${nameOf(element)}`);
    for (const rect of rects) {
      const cutter = cutting(element, rect);
      if (cutter) found.add(`words cut: ${nameOf(element)} by ${nameOf(cutter)}`);
    }
    const [first] = rects;
    if (!first) return;
    const [x, y] = [first.left + Math.min(first.width / 2, 30), first.top + first.height / 2];
    if (!isInView(element, x, y)) return;
    const hit = document.elementFromPoint(x, y);
    if (hit && !isAtOne(element, hit) && getComputedStyle(element).pointerEvents !== 'none')
      found.add(`words covered: ${nameOf(element)} by ${nameOf(hit)}`);
  }

  /** The one is in the other, lies over it unseen, as the input of a drawn switch, or stays while it scrolls by. */
  function isAtOne(element: Element, hit: Element): boolean {
    if (hit.contains(element) || element.contains(hit) || !hit.checkVisibility({ checkOpacity: true })) return true;
    for (let box: Element | null = hit; box; box = box.parentElement)
      if (getComputedStyle(box).position === 'sticky') return true;
    return false;
  }

  /** The box that cuts this piece of text, unless it says so with an ellipsis or is scrolled. */
  function cutting(element: HTMLElement, rect: DOMRect): HTMLElement | null {
    let canScrollX = false;
    let canScrollY = false;
    for (let box: HTMLElement | null = element; box; box = box.parentElement) {
      const style = getComputedStyle(box);
      if (style.position === 'fixed') return null;
      const isLabel = box.matches('.mantine-Button-label');
      const { left, right, top, bottom } = box.getBoundingClientRect();
      const over = box.tagName === 'INPUT' || box.tagName === 'TEXTAREA';
      if (style.overflowX !== 'visible' && !canScrollX && !over) {
        if (style.overflowX !== 'hidden' && style.overflowX !== 'clip') canScrollX = true;
        else if (style.textOverflow === 'ellipsis' && !isLabel) return null;
        else if (rect.right > right + 1.5 || rect.left < left - 1.5) return box;
      }
      if (style.overflowY !== 'visible' && !canScrollY && !over) {
        if (style.overflowY !== 'hidden' && style.overflowY !== 'clip') canScrollY = true;
        else if (style.webkitLineClamp !== 'none') return null;
        else if (rect.bottom > bottom + 2.5 || rect.top < top - 2.5) return box;
      }
    }
    return null;
  }

  function isInView(element: HTMLElement, x: number, y: number): boolean {
    if (x < 0 || y < 0 || x >= window.innerWidth || y >= window.innerHeight) return false;
    for (let box = element.parentElement; box; box = box.parentElement) {
      if (getComputedStyle(box).overflow === 'visible') continue;
      const { left, right, top, bottom } = box.getBoundingClientRect();
      if (x < left || x > right || y < top || y > bottom) return false;
    }
    return true;
  }

  function heightAround(element: HTMLElement): number {
    let least = window.innerHeight;
    for (let box = element.parentElement; box; box = box.parentElement)
      if (getComputedStyle(box).overflowY !== 'visible') least = Math.min(least, box.clientHeight);
    return least;
  }

  async function judgeControl(control: HTMLElement): Promise<void> {
    if (getComputedStyle(control).pointerEvents === 'none' && !(control as HTMLButtonElement).disabled) return;
    const places = [];
    for (let box = control.parentElement; box; box = box.parentElement)
      places.push({ box, left: box.scrollLeft, top: box.scrollTop });
    control.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    for (const { box, left, top } of places) {
      const { overflowX, overflowY } = getComputedStyle(box);
      const isStuck = (now: number, before: number, overflow: string) =>
        Math.abs(now - before) > 1 && overflow !== 'auto' && overflow !== 'scroll';
      if (isStuck(box.scrollLeft, left, overflowX) || isStuck(box.scrollTop, top, overflowY))
        found.add(`out of reach: ${nameOf(control)} in ${nameOf(box)}`);
    }
    let trouble = troubleOf(control);
    if (trouble !== null) {
      // Rows out of view are drawn with the next frame only.
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      trouble = troubleOf(control);
    }
    if (trouble !== null) found.add(trouble);
    for (const { box, left, top } of places) {
      box.scrollLeft = left;
      box.scrollTop = top;
    }
  }

  function troubleOf(control: HTMLElement): string | null {
    const { left, right, top, bottom, width, height } = control.getBoundingClientRect();
    // What is larger than its place, as a pane or a picture, is in sight as far as it can be.
    if (height > heightAround(control) - 8) return null;
    // Scrolling goes by whole pixels.
    if (left < -2 || right > window.innerWidth + 2 || top < -2 || bottom > window.innerHeight + 2)
      return `outside the window: ${nameOf(control)}`;
    const points = [
      [left + width / 2, top + height / 2],
      [left + 3, top + height / 2],
      [right - 3, top + height / 2],
      [left + width / 2, top + 4],
      [left + width / 2, bottom - 4],
    ] as const;
    for (const [x, y] of points) {
      const hit = document.elementFromPoint(x, y);
      if (hit === null) return `outside the window: ${nameOf(control)}`;
      if (control.contains(hit)) continue;
      // A drawn switch over its input, a sign inside a field, a field's own label.
      const field = control.closest('label, .mantine-Input-wrapper, .mantine-InputWrapper-root, [data-field]');
      if (field?.contains(hit)) continue;
      if (control instanceof HTMLInputElement && hit.closest('label')?.control === control) continue;
      return hit.contains(control) ? `cut: ${nameOf(control)}` : `covered: ${nameOf(control)} by ${nameOf(hit)}`;
    }
    return null;
  }
}
