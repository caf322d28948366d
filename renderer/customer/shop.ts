import type { Announcement, FromChat, FromShop, Greeting, ShopFacts, ShopPage } from '../../shared/widget-channel';
import { widgetHash } from '../../shared/widget-channel';

/** The page of another site that shows this one in its widget. */
export interface Shop {
  /** As they were when this page was greeted. */
  readonly facts: ShopFacts;
  tell(message: FromChat): void;
  /** Only the last listener is told. */
  listen(on: (message: FromShop) => void): void;
}

export function isInWidget(window: Window): boolean {
  return window.location.hash === widgetHash && window.parent !== window;
}

/**
 * Announces this page to the one around it, and waits for its greeting. Only sites that the office names can be there
 * (`frame-ancestors`), and only the frame's own parent is listened to, from then on by a channel of its own.
 */
export function greetShop(window: Window): Promise<Shop> {
  return new Promise((resolve) => {
    const onMessage = ({ source, data, ports: [port] }: MessageEvent) => {
      if (source !== window.parent || data?.foyer !== 'hello' || port === undefined) return;
      window.removeEventListener('message', onMessage);
      const { foyer: _foyer, page, ...facts } = data as Greeting;
      let told: (message: FromShop) => void = () => {};
      port.onmessage = (event) => told(event.data);
      resolve({
        facts: { ...facts, page: shortPage(page) },
        tell: (message) => port.postMessage(message),
        listen: (on) => {
          told = on;
        },
      });
    };
    window.addEventListener('message', onMessage);
    // To whoever it is: it says nothing.
    const announcement: Announcement = { foyer: 'ready' };
    window.parent.postMessage(announcement, '*');
  });
}

/** Within what `hello` takes, without the query, which may hold secrets. */
export function shortPage({ title, url }: ShopPage): ShopPage {
  return { title: title.slice(0, 300), url: url.replace(/[?#].*$/s, '').slice(0, 2_000) };
}
