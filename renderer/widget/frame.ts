import type { FromChat, FromShop, Greeting, ShopFacts } from '../../shared/widget-channel';
import { widgetHash } from '../../shared/widget-channel';

/** How long the chat's page may take to announce itself, over a slow line. */
const announceWithinMs = 20_000;
/** How long it may take once something has loaded: an error page never does. */
const announceAfterLoadMs = 4_000;

export interface Frame {
  element: HTMLIFrameElement;
  tell(message: FromShop): void;
  remove(): void;
}

interface FrameListener {
  greeting(): ShopFacts;
  heard(message: FromChat): void;
  /** What has loaded is not the chat, or nothing has. */
  failed(): void;
}

/**
 * The chat in a frame. It counts as the chat only once it has announced itself, from the frame and the hub's own origin;
 * then it gets a channel that no other script or frame of the page has. Each time it loads it does so anew.
 */
export function createFrame(window: Window, origin: string, on: FrameListener): Frame {
  const element = window.document.createElement('iframe');
  let port: MessagePort | null = null;
  let timer = 0;
  /** Between two loads. */
  let hasAnnounced = false;
  let isLoaded = false;

  const failAfter = (ms: number) => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => {
      remove();
      on.failed();
    }, ms);
  };

  function onMessage({ source, origin: sender, data }: MessageEvent): void {
    const chat = element.contentWindow;
    if (chat === null || source !== chat || sender !== origin || data?.foyer !== 'ready') return;
    window.clearTimeout(timer);
    hasAnnounced = !isLoaded;
    isLoaded = false;
    port?.close();
    const channel = new MessageChannel();
    port = channel.port1;
    port.onmessage = (event) => on.heard(event.data);
    const greeting: Greeting = { foyer: 'hello', ...on.greeting() };
    chat.postMessage(greeting, origin, [channel.port2]);
  }

  function onLoad(): void {
    isLoaded = !hasAnnounced;
    if (isLoaded) failAfter(announceAfterLoadMs);
    hasAnnounced = false;
  }

  function remove(): void {
    window.clearTimeout(timer);
    window.removeEventListener('message', onMessage);
    element.removeEventListener('load', onLoad);
    port?.close();
    element.remove();
  }

  element.allow = 'clipboard-write';
  element.src = `${origin}/chat${widgetHash}`;
  element.addEventListener('load', onLoad);
  window.addEventListener('message', onMessage);
  failAfter(announceWithinMs);
  return { element, tell: (message) => port?.postMessage(message), remove };
}
