import type { WidgetText } from '../../shared/text/widget-en';
import styles from './widget.css?inline';

const icons = {
  chat: 'M21 14a3 3 0 0 1-3 3h-5l-5 4v-4H6a3 3 0 0 1-3-3V7a3 3 0 0 1 3-3h12a3 3 0 0 1 3 3zM8 9h8M8 13h5',
  close: 'M6 6l12 12M18 6L6 18',
};

/** What the bubble above the launcher says. */
export type Peek =
  | { what: 'greeting' }
  /** There is no hub. */
  | { what: 'away' }
  | { what: 'unread'; from: string | null };

/** As the office has it (shared/protocol/chat-page.ts). */
export interface LauncherLook {
  colors: { theme: string; onTheme: string; link: string };
  launcher: { side: 'left' | 'right'; sidePx: number; bottomPx: number };
}

export interface Look {
  text: WidgetText;
  /** Undefined: the text's. */
  greeting: string | undefined;
  language: 'en' | 'zh';
  hasLauncher: boolean;
  isOpen: boolean;
  isLoading: boolean;
  unread: number;
  peek: Peek | null;
}

export type View = ReturnType<typeof createView>;

/** The launcher, its bubble and the chat's place, in a closed shadow root that no rule of the page reaches, nor leaves. */
export function createView(document: Document, its: LauncherLook, on: { open(): void; dismiss(): void }) {
  const host = document.createElement('foyer-widget');
  const root = host.attachShadow({ mode: 'closed' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(styles + rulesOf(its));
  root.adoptedStyleSheets = [sheet];

  const badge = make('span', 'badge');
  const launch = button('launch', icon(icons.chat), badge);
  const title = make('b');
  const line = make('i');
  const act = make('i', 'act');
  const say = button('say', title, line, act);
  const dismiss = button('dismiss', icon(icons.close));
  const peek = make('div', 'peek', say, dismiss);
  // There from the start, so that what appears in it is read out.
  const spoken = make('div', '', peek);
  spoken.setAttribute('role', 'status');
  const panel = make('div', 'panel');
  panel.setAttribute('role', 'dialog');
  root.append(panel, spoken, launch);
  launch.setAttribute('aria-haspopup', 'dialog');
  launch.addEventListener('click', on.open);
  say.addEventListener('click', on.open);
  dismiss.addEventListener('click', on.dismiss);

  function make<Tag extends keyof HTMLElementTagNameMap>(tag: Tag, className = '', ...children: Element[]) {
    const made = document.createElement(tag);
    made.className = className;
    made.append(...children);
    return made;
  }

  function button(className: string, ...children: Element[]): HTMLButtonElement {
    const made = make('button', className, ...children);
    made.type = 'button';
    return made;
  }

  function icon(path: string): Element {
    const [svg, line] = ['svg', 'path'].map((tag) => document.createElementNS('http://www.w3.org/2000/svg', tag));
    svg!.setAttribute('viewBox', '0 0 24 24');
    svg!.setAttribute('aria-hidden', 'true');
    line!.setAttribute('d', path);
    svg!.append(line!);
    return svg!;
  }

  return {
    host,
    panel,
    focusLauncher: () => launch.focus({ preventScroll: true }),
    update({
      text,
      greeting = text.greeting,
      language,
      hasLauncher,
      isOpen,
      isLoading,
      unread,
      peek: said,
    }: Look): void {
      const news = unread === 1 ? text.unreadOne : text.unread.replace('{count}', String(unread));
      for (const each of [panel, spoken, launch]) each.lang = language === 'zh' ? 'zh-CN' : 'en';
      panel.toggleAttribute('data-open', isOpen);
      panel.setAttribute('aria-label', text.chat);
      panel.querySelector('iframe')?.setAttribute('title', text.chat);
      launch.hidden = !hasLauncher || isOpen;
      const name = isLoading ? text.loading : text.open;
      launch.setAttribute('aria-label', unread > 0 ? `${name}, ${news}` : name);
      launch.setAttribute('aria-busy', String(isLoading));
      launch.setAttribute('aria-expanded', String(isOpen));
      badge.hidden = unread === 0;
      badge.textContent = unread > 99 ? '99+' : String(unread);
      peek.hidden = said === null || launch.hidden;
      title.textContent = said?.what === 'unread' ? (said.from ?? '') : '';
      title.hidden = title.textContent === '';
      line.textContent = { unread: news, greeting, away: text.away }[said?.what ?? 'unread'];
      act.textContent = said?.what === 'away' ? text.retry : '';
      dismiss.setAttribute('aria-label', text.dismiss);
    },
  };
}

/** After the style sheet's own, which has the colours and sides in variables. */
function rulesOf({ colors: { theme, onTheme, link }, launcher: { side, sidePx, bottomPx } }: LauncherLook): string {
  const [sides, corner] =
    side === 'left'
      ? [`--left:${sidePx}px;--right:auto`, 'left:0!important;right:auto!important']
      : [`--right:${sidePx}px;--left:auto`, ''];
  const colors = `--theme:${theme};--on-theme:${onTheme};--link:${link}`;
  return `:host{${colors};${sides};--side:${sidePx}px;--bottom:${bottomPx}px;${corner}}`;
}
