import './styles/base.css';
import './styles/header.css';
import './styles/screens.css';
import './styles/talk.css';
import { measurePicture } from '../../shared/client/draft-files';
import { createHttpTransfer } from '../../shared/client/http-transfer';
import { createRuntimeClock } from '../../shared/client/runtime-clock';
import { saveFile } from '../../shared/client/save-file';
import { createWebSocketTransport } from '../../shared/client/web-socket-transport';
import { chatPagePath } from '../../shared/protocol/chat-page-path';
import { storageKeep, withoutToken } from './keep';
import { startPage } from './page';
import { randomId } from './random-id';
import { greetShop, isInWidget, type Shop } from './shop';
import { createTexts } from './texts';
import { followVisibleHeight } from './visible-height';
import { startLanguage } from './words';

followVisibleHeight(window);

const prefix = 'foyer.customer.';

const texts = createTexts(async (language) => (await fetch(chatPagePath(language))).json());

async function start(shop: Shop | null): Promise<void> {
  const unsigned = storageKeep(() => localStorage, prefix);
  // Who is in the middle of a conversation stays who they are until it has ended.
  const identity = unsigned.get('talking') === null ? (shop?.facts.identity ?? null) : null;
  const own = identity === null ? prefix : `${prefix}signed.${identity.id}.`;
  const kept = identity === null ? unsigned : withoutToken(storageKeep(() => localStorage, own));
  const language = shop?.facts.language ?? startLanguage(kept, shop?.facts.pageLanguage ?? navigator.language);
  const page = startPage({
    document,
    CSSStyleSheet,
    transport: createWebSocketTransport((url) => new WebSocket(url)),
    transfer: createHttpTransfer(() => kept.get('token')),
    measure: measurePicture,
    saveFile,
    clock: createRuntimeClock(),
    random: Math.random,
    randomId,
    url: `${location.protocol === 'https:' ? 'wss:' : 'ws:'}//${location.host}/ws`,
    language,
    texts: await texts.load(language),
    textsByLanguage: texts,
    kept,
    keptInTab: storageKeep(() => sessionStorage, own),
    createAudio: () => new AudioContext(),
    print: () => print(),
    loadLater: () => import('./later/later'),
    hasKeyboard: matchMedia('(pointer: fine)').matches,
    shop,
    identity,
    reload: () => location.reload(),
  });

  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) page.woke();
  });
  window.addEventListener('online', () => page.woke());
  window.addEventListener('pageshow', (event) => {
    if (event.persisted) page.woke();
  });
}

const retryMs = 3_000;

// Its texts could not be fetched, so it is not there at all: as if it had not been opened.
const again = () => void setTimeout(() => location.reload(), retryMs);

if (isInWidget(window)) greetShop(window).then(start).catch(again);
else start(null).catch(again);
