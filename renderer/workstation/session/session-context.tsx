import { createContext, type ReactNode, use, useMemo, useSyncExternalStore } from 'react';
import { useStore } from 'zustand';
import { useServices } from '../app/services';
import type { OfficeState } from './office-state';
import { type ConversationLists, createListSelector } from './selectors';
import type { Session } from './session';

interface Provided {
  session: Session;
  lists: (state: OfficeState) => ConversationLists;
}

const SessionContext = createContext<Provided | null>(null);

export function SessionProvider({ session, children }: { session: Session; children: ReactNode }) {
  const provided = useMemo(() => ({ session, lists: createListSelector() }), [session]);
  return <SessionContext value={provided}>{children}</SessionContext>;
}

function useProvided(): Provided {
  const provided = use(SessionContext);
  if (!provided) throw new Error('There is no SessionProvider above this component.');
  return provided;
}

export function useSession(): Session {
  return useProvided().session;
}

/** A part of the office's state; the component is drawn anew only when that part changes. */
export function useOffice<T>(select: (state: OfficeState) => T): T {
  return useStore(useSession().store, select);
}

export function useLists(): ConversationLists {
  const { session, lists } = useProvided();
  return useStore(session.store, lists);
}

/** The hub's time, anew every second. Only for components that show nothing but a figure. */
export function useHubNow(): number {
  const { ticker } = useServices();
  useSyncExternalStore(ticker.subscribe, ticker.tick);
  return useSession().hubNow();
}

/** The same on the page's own clock, for what the hub knows nothing of. */
export function useOwnNow(): number {
  const { ticker, clock } = useServices();
  useSyncExternalStore(ticker.subscribe, ticker.tick);
  return clock.now();
}

export function useMyId(): string {
  return useOffice((state) => state.me?.agentId ?? '');
}

export function useIsSupervisor(): boolean {
  return useOffice((state) => state.me?.role === 'supervisor');
}

export function useIsUp(): boolean {
  return useOffice((state) => state.link.state === 'up');
}

/** Everybody in the team; drawn anew when somebody changes. */
export function useAgents(): OfficeState['agents'] {
  const agents = useOffice((state) => state.agents);
  useOffice((state) => state.agentsRevision);
  return agents;
}

export function useAgentName(): (agentId: string | null) => string {
  const agents = useAgents();
  return (agentId) => (agentId === null ? '' : (agents.get(agentId)?.name ?? '?'));
}

export function useGroupName(groupId: string): string {
  return useOffice((state) => state.groups.get(groupId)?.name ?? '');
}
