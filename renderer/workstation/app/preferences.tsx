import { createContext, type ReactNode, use } from 'react';
import { useStore } from 'zustand';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Keep } from '../session/keep';

/** What one person set on this machine and no hub needs to know. Language and appearance keep themselves. */
export interface Preferences {
  alertsOn: boolean;
}

export interface PreferencesHandle {
  store: StoreApi<Preferences>;
  set(change: Partial<Preferences>): void;
}

export function createPreferences(keep: Keep): PreferencesHandle {
  const store = createStore<Preferences>()(() => ({ alertsOn: keep.read('alerts') !== 'off' }));
  return {
    store,
    set(change) {
      store.setState(change);
      keep.write('alerts', store.getState().alertsOn ? null : 'off');
    },
  };
}

const PreferencesContext = createContext<PreferencesHandle | null>(null);

export function PreferencesProvider({
  preferences,
  children,
}: {
  preferences: PreferencesHandle;
  children: ReactNode;
}) {
  return <PreferencesContext value={preferences}>{children}</PreferencesContext>;
}

export function usePreferences(): [Preferences, PreferencesHandle['set']] {
  const handle = use(PreferencesContext);
  if (!handle) throw new Error('There is no PreferencesProvider above this component.');
  return [useStore(handle.store), handle.set];
}

export function usePreferencesHandle(): PreferencesHandle {
  const handle = use(PreferencesContext);
  if (!handle) throw new Error('There is no PreferencesProvider above this component.');
  return handle;
}
