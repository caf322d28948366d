import { contextBridge, ipcRenderer } from 'electron';
import type { DesktopApi, DesktopEvents } from '../shared/desktop-api';
import { callChannel, eventChannel } from './desktop/channels';

type Listener = (event: unknown) => void;

/** The page's side of the bridge: it names a call or an event of the map, and nothing else gets through. */
function createApi(): DesktopApi {
  const listeners = new Map<string, Set<Listener>>();
  ipcRenderer.on(eventChannel, (_event, name: string, payload: unknown) => {
    for (const listen of listeners.get(name) ?? []) listen(payload);
  });
  return {
    call: ((name: string, ...args: unknown[]) => ipcRenderer.invoke(callChannel, name, args)) as DesktopApi['call'],
    on<K extends keyof DesktopEvents>(name: K, listen: (event: DesktopEvents[K]) => void) {
      const own = listen as Listener;
      const known = listeners.get(name) ?? new Set();
      listeners.set(name, known.add(own));
      return () => {
        known.delete(own);
      };
    },
  };
}

contextBridge.exposeInMainWorld('foyer', createApi());
