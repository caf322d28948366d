import { createContext, type ReactNode, use } from 'react';
import * as z from 'zod';
import { useStore } from 'zustand';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { PageStorage } from './page-storage';

/** The user's settings on this machine that no hub needs. Language and appearance are stored elsewhere. */
export interface Preferences {
  alertsOn: boolean;
  /** Alerts also say that a customer has written in one of the agent's conversations. */
  wordsOn: boolean;
  /** When the user last tested the alerts, and whether they noticed the test. */
  alertTest: AlertTest | null;
}

const alertTestSchema = z.object({ at: z.number(), noticed: z.boolean() });
type AlertTest = z.infer<typeof alertTestSchema>;

export interface PreferencesHandle {
  store: StoreApi<Preferences>;
  set(change: Partial<Preferences>): void;
}

export function createPreferences(storage: PageStorage): PreferencesHandle {
  const store = createStore<Preferences>()(() => ({
    alertsOn: storage.read('alerts') !== 'off',
    wordsOn: storage.read('wordAlerts') !== 'off',
    alertTest: readAlertTest(storage.read('alertTest')),
  }));
  return {
    store,
    set(change) {
      store.setState(change);
      const { alertsOn, wordsOn, alertTest } = store.getState();
      storage.write('alerts', alertsOn ? null : 'off');
      storage.write('wordAlerts', wordsOn ? null : 'off');
      storage.write('alertTest', alertTest === null ? null : JSON.stringify(alertTest));
    },
  };
}

function readAlertTest(kept: string | null): AlertTest | null {
  if (kept === null) return null;
  try {
    return alertTestSchema.parse(JSON.parse(kept));
  } catch {
    return null;
  }
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
