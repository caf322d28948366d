import type { App } from 'electron';

export const deepLinkScheme = 'foyer';

/** Longer ones are nothing this app has made. */
const linkCharactersMax = 2_048;

/** An invitation that was opened outside. It is data: it fills in a form, and a person decides what comes of it. */
export interface DeepLinks {
  /** The one not yet read, if any; it is read once. */
  take(): string | null;
  /** `opened` is told of every further one. */
  listen(opened: () => void): void;
}

/** From the first moment on: macOS tells of the link that started the app before it is ready. */
export function openDeepLinks(app: App, argv: readonly string[]): DeepLinks {
  let unread = deepLinkIn(argv);
  let opened = () => {};
  const receive = (link: string | null) => {
    if (link === null) return;
    unread = link;
    opened();
  };
  // Linux and Windows start the app once more with the link; macOS tells the one that runs.
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
