import { createContext, type ReactNode, use } from 'react';
import { useStore } from 'zustand';
import type { App, AppPhase } from './app-store';

const AppContext = createContext<App | null>(null);

export function AppProvider({ app, children }: { app: App; children: ReactNode }) {
  return <AppContext value={app}>{children}</AppContext>;
}

export function useApp(): App {
  const app = use(AppContext);
  if (!app) throw new Error('There is no AppProvider above this component.');
  return app;
}

export function usePhase(): AppPhase {
  return useStore(useApp().store);
}
