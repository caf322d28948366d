import type { App } from 'electron';

export const deepLinkScheme = 'foyer';

/** Invitations that this app makes are shorter. */
const linkCharactersMax = 2_048;

/** An invitation link that was opened outside of the app. It only fills in a form; the user decides whether to join. */
export interface DeepLinks {
  /** The link that was not read yet, or null; it can be read once. */
  take(): string | null;
  /** `opened` is called for every link from now on. */
  listen(opened: () => void): void;
}

/** To be called first of all: macOS reports the link that started the app before the app is ready. */
export function openDeepLinks(app: App, argv: readonly string[]): DeepLinks {
  let unread = deepLinkIn(argv);
  let opened = () => {};
  const receive = (link: string | null) => {
    if (link === null) return;
    unread = link;
    opened();
  };
  // Linux and Windows start a second instance with the link; macOS tells the running one.
  app.on('second-instance', (_event, secondArgv) => receive(deepLinkIn(secondArgv)));
  app.on('open-url', (event, url) => {
    event.preventDefault();
    receive(deepLinkIn([url]));
  });
  return {
    take() {
      const link = unread;
      unread = null;
      return link;
    },
    listen(then) {
      opened = then;
    },
  };
}

/** The last argument that is a link of ours. */
export function deepLinkIn(argv: readonly string[]): string | null {
  const isOurs = (each: string) => each.startsWith(`${deepLinkScheme}://`) && each.length <= linkCharactersMax;
  return [...argv].reverse().find(isOurs) ?? null;
}
