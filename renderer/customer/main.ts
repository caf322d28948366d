import './styles/base.css';
import './styles/header.css';
import './styles/screens.css';
import './styles/talk.css';
import { measurePicture } from '../../shared/client/draft-files';
import { createHttpTransfer } from '../../shared/client/http-transfer';
import { saveFile } from '../../shared/client/save-file';
import { createWebSocketTransport, type SocketLike } from '../../shared/client/web-socket-transport';
import { createBrowserClock } from './browser-clock';
import { storageKeep } from './keep';
import { startPage } from './page';
import { randomId } from './random-id';
import { followVisibleHeight } from './visible-height';

followVisibleHeight(window);

const kept = storageKeep(() => localStorage, 'foyer.customer.');

const page = startPage({
  document,
  transport: createWebSocketTransport((url) => new WebSocket(url) as SocketLike),
  transfer: createHttpTransfer(() => kept.get('token')),
  measure: measurePicture,
  saveFile,
  clock: createBrowserClock(),
  random: Math.random,
  randomId,
  url: `${location.protocol === 'https:' ? 'wss:' : 'ws:'}//${location.host}/ws`,
  browserLanguage: navigator.language,
  kept,
  keptInTab: storageKeep(() => sessionStorage, 'foyer.customer.'),
  hasKeyboard: matchMedia('(pointer: fine)').matches,
  reload: () => location.reload(),
});

document.addEventListener('visibilitychange', () => {
  if (!document.hidden) page.woke();
});
window.addEventListener('online', () => page.woke());
window.addEventListener('pageshow', (event) => {
  if (event.persisted) page.woke();
});
