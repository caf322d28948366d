import { findLinks, textParts } from '../../shared/links';

type Child = Node | string | null;
type Attributes = Record<string, string | boolean | null>;

/** Creates an element. Text becomes text nodes only, so nothing from outside is parsed as markup. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) setAttribute(made, name, value);
  for (const child of children) if (child !== null) made.append(child);
  return made;
}

/** A line icon of 24 units; the path is the page's own. */
export function icon(path: string): SVGSVGElement {
  const namespace = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(namespace, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  const line = document.createElementNS(namespace, 'path');
  line.setAttribute('d', path);
  svg.append(line);
  return svg;
}

/** True or a string sets, false or null removes. */
export function setAttribute(target: Element, name: string, value: string | boolean | null): void {
  if (value === null || value === false) {
    if (target.hasAttribute(name)) target.removeAttribute(name);
  } else {
    const next = value === true ? '' : value;
    if (target.getAttribute(name) !== next) target.setAttribute(name, next);
  }
}

/** Leaves an unchanged text alone: a needless write disturbs screen readers and selections. */
export function setText(target: Node, words: string): void {
  if (target.textContent !== words) target.textContent = words;
}

/** The same for what a person or the office wrote: its addresses are links, which show where they lead. */
export function setLinkedText(target: Element, words: string): void {
  if (target.textContent === words) return;
  const link = (text: string, url: string) =>
    element('a', { href: url, target: '_blank', rel: 'noopener noreferrer nofollow' }, text);
  const parts = textParts(words, findLinks(words));
  target.replaceChildren(...parts.map((part) => (typeof part === 'string' ? part : link(part.text, part.url))));
}

export function show(target: HTMLElement, shown: boolean): void {
  if (target.hidden === shown) target.hidden = !shown;
}
