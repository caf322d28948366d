import type { DraftFilesPorts } from '../../../shared/client/draft-files';
import { isolated } from '../../../shared/plain-line';
import { element, setAttribute } from '../dom';
import type { Keep } from '../keep';
import type { Later, LaterActions, LaterPorts } from '../later/later';
import { lastAgentName, type Screen, screenOf } from '../reading';
import type { PageState } from '../state';
import type { Texts } from '../texts';
import type { Words } from '../words';
import type { AttachmentPorts } from './attachments';
import { type ComposerActions, createComposer } from './composer';
import { createEndDialog } from './end-dialog';
import { createEnded, type EndedActions } from './ended';
import { createForm, type FormActions } from './form';
import { createHeader, type HeaderActions } from './header';
import { createLaterParts } from './later-parts';
import { createLeft } from './left';
import { createMessages, type MessageActions } from './messages';
import { createConnecting, createLinkNotice, createStopped, createStorageNotice, type StoppedActions } from './notices';
import { createOffer, type OfferActions } from './offer';
import { createPerson, type PersonActions } from './person';
import { createQueue } from './queue';

export interface PageActions
  extends ComposerActions,
    EndedActions,
    FormActions,
    LaterActions,
    OfferActions,
    PersonActions,
    StoppedActions,
    Omit<HeaderActions, 'askToEnd' | 'close'>,
    Omit<MessageActions, 'edit'> {
  endConversation(): void;
  /** In a shop's widget. */
  close(): void;
  /** Removes the text of a failed message from the list and returns it; null if there is no such message. */
  takeFailedText(cid: string): string | null;
}

export interface ViewPorts extends AttachmentPorts, LaterPorts {
  /** Of the document's own window. */
  CSSStyleSheet: typeof CSSStyleSheet;
  measure: DraftFilesPorts['measure'];
  keptInTab: Keep;
  /** A keyboard is at hand, so focus may move without opening one on the screen. */
  hasKeyboard: boolean;
  /** The parts that only a conversation needs; rejects when they can't be fetched. */
  loadLater(): Promise<{ createLater(actions: LaterActions, ports: LaterPorts): Later }>;
  isInWidget: boolean;
  /** Who the customer is outlives the page. */
  outlivesPage: boolean;
}

/** Everything on the page. Each view decides from the state alone whether it is shown and what it says. */
export function createPageViews(actions: PageActions, ports: ViewPorts) {
  const { document, keptInTab, isInWidget } = ports;
  const endDialog = createEndDialog(actions.endConversation);
  const { chooseLanguage, close } = actions;
  const header = createHeader({ chooseLanguage, askToEnd: endDialog.ask, close: isInWidget ? close : null });
  const form = createForm(actions, keptInTab, ports.hubNow);
  const left = createLeft(actions.startAnew);
  const ended = createEnded(actions, ports.hubNow);
  const composer = createComposer(actions, keptInTab, ports);
  const edit = (cid: string) => {
    const text = actions.takeFailedText(cid);
    if (text === null) return;
    composer.adopt(text);
    composer.focus();
  };
  const messages = createMessages({ ...actions, edit }, ports);
  const loadLater = async () => (await ports.loadLater()).createLater(actions, ports);
  const later = createLaterParts(loadLater, header.tools);
  const views = [
    header,
    createConnecting(),
    form,
    left,
    createQueue(),
    messages,
    createLinkNotice(),
    createStorageNotice(ports.outlivesPage),
    createOffer(actions),
    createPerson(actions),
    composer,
    later,
    ended,
    createStopped(actions),
    endDialog,
  ];
  const card = element('main', { class: 'card' }, ...views.map((view) => view.root));
  composer.takeDropsOn(document);
  document.body.replaceChildren(card);
  // Constructed, as the page's policy allows no inline style.
  const colors = new ports.CSSStyleSheet();
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, colors];
  if (isInWidget) closeByEscape(document, close);

  function focusOn(state: PageState, before: Screen): void {
    const screen = screenOf(state);
    if (screen === 'form') form.focus();
    else if (screen === 'left') left.focus();
    else if (screen === 'ended' || screen === 'erased') ended.focus();
    else if (screen === 'leave' && state.writing === null) form.focusIntro();
    else if (screen === 'leave') form.focus();
    else if (screen !== 'connecting' && before !== 'queue' && before !== 'chat') composer.focus();
  }

  return {
    /** In the office's colours, with its logo. */
    dress({ styles, logo }: Texts): void {
      colors.replaceSync(styles);
      header.showLogo(logo);
    },
    /** The hub has what was written in the form. */
    emptyForm: form.sent,
    /** To where the customer goes on, also on a screen that has been there before. */
    focus: (state: PageState) => focusOn(state, 'connecting'),
    /** `before` is the state shown so far. */
    update(before: PageState, state: PageState, words: Words, unread: number): void {
      const [screenBefore, screen] = [screenOf(before), screenOf(state)];
      // An agent has come: an unsent message for later becomes the draft of what is said to them.
      const wasLeaving = screenBefore === 'leave' || before.leave !== null;
      if (screen === 'chat' && wasLeaving && state.leave === null) composer.adopt(form.takeTyped());
      setAttribute(document.documentElement, 'lang', words.locale);
      setAttribute(card, 'data-screen', screen);
      document.title = titleOf(state, words, unread);
      for (const view of views) view.update(state, words, unread);
      // In a widget, only from where the customer is already: the shop's page may be in use.
      const mayMoveFocus = ports.hasKeyboard && (!isInWidget || document.hasFocus());
      if (screen !== screenBefore && mayMoveFocus) focusOn(state, screenBefore);
    },
  };
}

/** A dialog in it closes first, by itself. */
function closeByEscape(document: Document, close: () => void): void {
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || event.isComposing || document.querySelector('dialog[open]') !== null) return;
    close();
  });
}

function titleOf(state: PageState, words: Words, unread: number): string {
  const office = state.office?.name ?? words.say('page.title');
  const agent = screenOf(state) === 'chat' ? lastAgentName(state) : null;
  const title = [agent, office].flatMap((each) => (each === null ? [] : isolated(each))).join(' · ');
  return unread > 0 ? words.say('unread.title', { count: unread, title }) : title;
}
