import type { SignedIdentity } from '../../shared/protocol/identity';
import type { WidgetSettings } from '../../shared/protocol/widget';
import { widgetEn } from '../../shared/text/widget-en';
import { widgetZh } from '../../shared/text/widget-zh';
import type { ChatState, FromChat, FromShop, ShopFacts, ShopPage } from '../../shared/widget-channel';
import { createFrame, type Frame } from './frame';
import { fillVisible, isNarrow } from './full-page';
import { type Marks, marksIn } from './marks';
import { stayInPage } from './stay-in-page';
import { createView, type LauncherLook, type Peek, type View } from './view';

export type Settings = Omit<WidgetSettings, 'sites'> &
  LauncherLook & {
    /** In the office's own words, where it has some. */
    greeting: Partial<Record<Language, string>>;
  };
type Language = ChatState['language'];

/** The chat on a shop's page: what is shown of it, and when. */
export class Widget {
  private readonly marks: Marks;
  private readonly view: View;
  private readonly leavePage: () => void;
  /** `none` until somebody opens it or a conversation goes on, so that a shop's visitors cost the hub no line. */
  private chat: 'none' | 'loading' | 'shown' = 'none';
  private frame: Frame | null = null;
  private isOpen = false;
  /** Somebody has opened it here, rather than left it open on the page before. */
  private takesFocus = false;
  private isOver = false;
  private peek: Peek | null = null;
  private state: Omit<ChatState, 'language'> = { unread: 0, from: null, isTalking: false, isConnected: true };
  private focusBefore: Element | null = null;
  private giveBackPage = () => {};
  // What the shop has said.
  private chosenLanguage: Language | null = null;
  private chatLanguage: Language | null = null;
  private shopPage: ShopPage | null = null;
  private identity: SignedIdentity | null = null;
  private toldUnread: (count: number) => void = () => {};

  constructor(
    private readonly window: Window,
    /** The hub's. */
    private readonly origin: string,
    private readonly settings: Settings,
  ) {
    this.marks = marksIn(window);
    this.view = createView(window.document, this.settings, {
      open: () => this.open(),
      dismiss: () => this.showPeek(null),
    });
    this.leavePage = stayInPage(window.document, this.view.host);
    this.render();
    if (this.marks.has('open') && !isNarrow(window)) this.open(false);
    else if (this.marks.has('talking')) this.load();
    this.greetLater();
  }

  open(withFocus = true): void {
    if (this.isOver || this.isOpen) return;
    this.isOpen = true;
    this.takesFocus = withFocus;
    this.peek = null;
    this.focusBefore = this.window.document.activeElement;
    this.marks.set('open', true);
    this.marks.set('greeted', true);
    if (this.chat === 'none') this.load();
    if (this.chat === 'shown') this.show();
    this.render();
  }

  /** Back to what had the focus, where the chat or nothing has it now. */
  close(): void {
    if (!this.isOpen) return;
    const { activeElement, body } = this.window.document;
    const { focusBefore, view } = this;
    this.hide();
    this.render();
    if (activeElement !== view.host && activeElement !== body) return;
    const isElsewhere = focusBefore !== view.host && focusBefore !== body && focusBefore?.isConnected;
    if (isElsewhere && focusBefore instanceof HTMLElement) focusBefore.focus({ preventScroll: true });
    else view.focusLauncher();
  }

  identify(identity: SignedIdentity | null): void {
    this.identity = identity;
    this.tell({ type: 'identity', identity });
  }

  page(page: Partial<ShopPage>): void {
    this.shopPage = { ...this.pageNow(), ...page };
    this.tell({ type: 'page', page: this.shopPage });
  }

  language(language: Language): void {
    this.chosenLanguage = language;
    this.tell({ type: 'language', language });
    this.render();
  }

  onUnread(told: (count: number) => void): void {
    this.toldUnread = told;
    told(this.state.unread);
  }

  private render(): void {
    const { isConnected, isTalking, unread } = this.state;
    const language = this.chatLanguage ?? this.chosenLanguage ?? (/^zh\b/i.test(this.pageLanguage()) ? 'zh' : 'en');
    this.view.update({
      text: language === 'zh' ? widgetZh : widgetEn,
      greeting: this.settings.greeting[language],
      language,
      hasLauncher: isConnected || isTalking || this.settings.whenAway === 'later',
      isOpen: this.isOpen && this.chat === 'shown',
      isLoading: this.isOpen && this.chat === 'loading',
      unread,
      peek: this.peek,
    });
  }

  private showPeek(peek: Peek | null): void {
    this.peek = peek;
    this.render();
  }

  private greetLater(): void {
    const { greetAfterSeconds } = this.settings;
    const isGreeted = () => this.isOver || this.isOpen || this.peek !== null || this.marks.has('greeted');
    if (greetAfterSeconds === null || isGreeted()) return;
    this.window.setTimeout(() => {
      if (isGreeted()) return;
      this.marks.set('greeted', true);
      this.showPeek({ what: 'greeting' });
    }, greetAfterSeconds * 1_000);
  }

  private load(): void {
    this.chat = 'loading';
    const frame = createFrame(this.window, this.origin, {
      greeting: () => this.facts(),
      heard: (message) => this.heard(message),
      failed: () => this.failed(),
    });
    this.frame = frame;
    this.view.panel.append(frame.element);
  }

  private heard(message: FromChat): void {
    if (message.type === 'shown') this.shown();
    else if (message.type === 'close') this.close();
    else if (message.type === 'state') this.changed(message);
    else if (message.type === 'identityRefused') this.goOnUnsigned(message.why);
  }

  /** The chat is about to load anew, and is greeted without. */
  private goOnUnsigned(why: string): void {
    this.identity = null;
    console.warn(`foyer('identify') was refused: ${why}; the customer goes on unsigned (docs/widget.md)`);
  }

  /** Again after the chat has loaded anew by itself: then it is in its place already. */
  private shown(): void {
    if (this.chat === 'shown') return;
    this.chat = 'shown';
    if (this.isOpen) this.show();
    this.render();
  }

  private changed({ unread, from, isTalking, isConnected, language }: ChatState): void {
    const before = this.state.unread;
    this.state = { unread, from, isTalking, isConnected };
    this.chatLanguage = language;
    this.marks.set('talking', isTalking);
    if (unread > before && !this.isOpen) this.peek = { what: 'unread', from };
    else if (unread === 0 && this.peek?.what === 'unread') this.peek = null;
    this.render();
    if (unread !== before) this.toldUnread(unread);
  }

  /** The frame holds no chat: nothing of it stays. */
  private failed(): void {
    const wasWanted = this.isOpen;
    this.hide();
    this.frame = null;
    if (this.settings.whenAway === 'hide') {
      this.end();
      return;
    }
    this.chat = 'none';
    this.state = { ...this.state, unread: 0, isConnected: false };
    if (wasWanted) this.peek = { what: 'away' };
    this.render();
  }

  /** Draws it before it takes the focus: what is not visible takes none. */
  private show(): void {
    this.giveBackPage = fillVisible(this.window, this.view.panel);
    this.render();
    if (this.takesFocus) this.frame?.element.focus({ preventScroll: true });
    this.tell({ type: 'opened', withFocus: this.takesFocus });
  }

  private hide(): void {
    this.isOpen = false;
    this.marks.set('open', false);
    this.tell({ type: 'closed' });
    this.giveBackPage();
    this.giveBackPage = () => {};
  }

  /** The page is as it was before the script. */
  private end(): void {
    this.isOver = true;
    this.leavePage();
  }

  private tell(message: FromShop): void {
    this.frame?.tell(message);
  }

  private facts(): ShopFacts {
    return {
      language: this.chosenLanguage,
      pageLanguage: this.pageLanguage(),
      page: this.shopPage ?? this.pageNow(),
      identity: this.identity,
      isOpen: this.isOpen,
    };
  }

  private pageLanguage(): string {
    return this.window.document.documentElement?.lang || this.window.navigator.language;
  }

  private pageNow(): ShopPage {
    return { title: this.window.document.title, url: this.window.location.href };
  }
}
