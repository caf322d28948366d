import type { Transport, TransportListener } from '../../../shared/client/transport';
import type { DesktopApi } from '../../../shared/desktop-api';

const lostLink = 1006;

/** The line on the desktop: passes frames to and from the main process, which holds the socket. */
export function createBridgeTransport(desktop: DesktopApi): Transport {
  const listeners = new Map<number, TransportListener>();
  let lastLine = 0;

  const end = (line: number, code: number) => {
    const listener = listeners.get(line);
    listeners.delete(line);
    listener?.closed(code);
  };
  desktop.on('line.opened', ({ line }) => listeners.get(line)?.opened());
  desktop.on('line.frame', ({ line, frame }) => listeners.get(line)?.frame(frame));
  desktop.on('line.closed', ({ line, code }) => end(line, code));

  return {
    open(url, listener) {
      lastLine += 1;
      const line = lastLine;
      listeners.set(line, listener);
      const fail = () => end(line, lostLink);
      desktop.call('line.open', line, url).catch(fail);
      return {
        send(frame) {
          if (listeners.has(line)) desktop.call('line.send', line, frame).catch(fail);
        },
        close() {
          desktop.call('line.close', line).catch(fail);
        },
      };
    },
  };
}
