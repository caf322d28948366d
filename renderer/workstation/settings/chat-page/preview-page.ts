import { stylesOf } from '../../../../shared/chat-page-styles';
import { createRuntimeClock } from '../../../../shared/client/runtime-clock';
import type { ChatPage } from '../../../../shared/protocol/chat-page';
import type { Language } from '../../../../shared/protocol/fields';
import { customerEn } from '../../../../shared/text/customer-en';
import { customerZh } from '../../../../shared/text/customer-zh';
import type { Keep } from '../../../customer/keep';
import { startPage } from '../../../customer/page';
import baseStyles from '../../../customer/styles/base.css?inline';
import headerStyles from '../../../customer/styles/header.css?inline';
import screenStyles from '../../../customer/styles/screens.css?inline';
import talkStyles from '../../../customer/styles/talk.css?inline';
import { inOfficesWords, type Texts } from '../../../customer/texts';
import { createSampleHub, type SampleOffice } from './sample-hub';

/** The customers' page itself, in a frame of this window, over a hub that stands still. */
export function startPreview(frame: HTMLIFrameElement, office: SampleOffice, first: ChatPage) {
  const { contentDocument: document } = frame;
  const view = frame.contentWindow as (Window & typeof globalThis) | null;
  if (document === null || view === null) return null;
  // A frame begins in quirks mode.
  document.open();
  document.write('<!doctype html><html><head></head><body></body></html>');
  document.close();
  const styles = new view.CSSStyleSheet();
  styles.replaceSync([baseStyles, headerStyles, screenStyles, talkStyles].join('\n'));
  document.adoptedStyleSheets = [styles];
  // To be looked at: what is pressed does nothing.
  for (const type of ['click', 'submit']) document.addEventListener(type, stopped, { capture: true });

  let page = first;
  let revision = 0;
  const textsIn = (language: Language): Texts =>
    inOfficesWords(language === 'zh' ? customerZh : customerEn, {
      revision: String(revision),
      words: named(page.words[language], office.name),
      styles: stylesOf(page.look),
      logo: page.look.logo && `data:image/png;base64,${page.look.logo}`,
    });
  const hub = createSampleHub(office);
  const running = startPage({
    document,
    CSSStyleSheet: view.CSSStyleSheet,
    transport: hub.transport,
    transfer: { upload: () => Promise.reject(noFiles()), download: () => Promise.reject(noFiles()) },
    measure: () => Promise.resolve(null),
    saveFile: () => {},
    clock: createRuntimeClock(),
    random: () => 0,
    randomId: () => 'sample',
    url: 'ws://sample/ws',
    language: office.language,
    texts: textsIn(office.language),
    textsByLanguage: { of: () => undefined, load: (language) => Promise.resolve(textsIn(language)) },
    kept: memoryKeep(),
    keptInTab: memoryKeep(),
    // The sample has nothing of what comes later.
    print: () => {},
    createAudio: () => new AudioContext(),
    loadLater: () => new Promise(() => {}),
    hasKeyboard: false,
    shop: null,
    identity: null,
    reload: () => {},
  });
  return {
    show(next: ChatPage): void {
      page = next;
      revision += 1;
      hub.pageChanged(String(revision));
    },
    stop: () => running.stop(),
  };
}

function stopped(event: Event): void {
  event.preventDefault();
  event.stopPropagation();
}

function noFiles(): Error {
  return new Error('the preview has no files');
}

/** As the hub does. */
function named<Words extends ChatPage['words'][Language]>(words: Words, office: string): Words {
  const said = Object.entries(words).map(([key, text]) => [key, text.replaceAll('{office}', () => office)]);
  return Object.fromEntries(said.filter(([, text]) => text !== ''));
}

function memoryKeep(): Keep {
  const kept = new Map<string, string>();
  return {
    get: (name) => kept.get(name) ?? null,
    set(name, value) {
      if (value === null) kept.delete(name);
      else kept.set(name, value);
    },
    clear: () => kept.clear(),
    outlivesPage: true,
  };
}
