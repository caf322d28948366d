import { contextBridge, ipcRenderer } from 'electron';
import { callChannel, eventChannel } from './desktop/channels';

type Listener = (event: unknown) => void;

/** A window's side of its bridge: a `Bridge` of the calls and events that the main process has for this window. */
function createBridge() {
  const listeners = new Map<string, Set<Listener>>();
  ipcRenderer.on(eventChannel, (_event, name: string, payload: unknown) => {
    for (const listen of listeners.get(name) ?? []) listen(payload);
  });
  return {
    call: (name: string, ...args: unknown[]) => ipcRenderer.invoke(callChannel, name, args),
    on(name: string, listen: Listener) {
      const known = listeners.get(name) ?? new Set();
      listeners.set(name, known.add(listen));
      return () => {
        known.delete(listen);
      };
    },
  };
}

contextBridge.exposeInMainWorld('foyer', createBridge());
