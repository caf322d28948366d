import { createContext, type ReactNode, use, useEffect, useMemo, useReducer, useSyncExternalStore } from 'react';
import { useStore } from 'zustand';
import { useServices } from '../services/services';
import type { OfficeState } from './office-state';
import { type ConversationLists, createListSelector } from './selectors';
import type { Session } from './session';
import type { Table } from './table';

interface Provided {
  session: Session;
  lists: (state: OfficeState) => ConversationLists;
}

const minuteMs = 60_000;

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

/** A part of the state; the component renders again only when that part changes. */
export function useOffice<T>(select: (state: OfficeState) => T): T {
  return useStore(useSession().store, select);
}

type TableName = {
  [Name in keyof OfficeState]: OfficeState[Name] extends Table<infer _Row> ? Name : never;
}[keyof OfficeState];

/** All rows of a table; the component renders again when any of them changes. */
export function useTable<Name extends TableName>(name: Name): OfficeState[Name] {
  return useOffice((state) => state[name]);
}

/** One row of a table; the component renders again only when this row changes. */
export function useRow<Name extends TableName>(name: Name, id: string): ReturnType<OfficeState[Name]['get']> {
  return useOffice((state) => state[name].get(id) as ReturnType<OfficeState[Name]['get']>);
}

export function useLists(): ConversationLists {
  const { session, lists } = useProvided();
  return useStore(session.store, lists);
}

/** How many conversations want this agent: offers, and those with words that they have not had before them. */
export function useWanted(): number {
  return useLists().incoming.length + useOffice((state) => state.unread.size);
}

/** Whole minutes since `at` on the hub's clock. Wakes the page only when they are one more. */
export function useMinutesSince(at: number): number {
  const { clock } = useServices();
  const ms = Math.max(0, useSession().hubNow() - at);
  const [looks, lookAgain] = useReducer((count: number) => count + 1, 0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: armed anew by each look, also one that came too early
  useEffect(() => clock.at(clock.now() + minuteMs - (ms % minuteMs), lookAgain), [clock, at, looks]);
  return Math.floor(ms / minuteMs);
}

/** The hub's time. Renders the component every second, so it must be a small one that shows only a figure. */
export function useHubNow(): number {
  const { ticker } = useServices();
  useSyncExternalStore(ticker.subscribe, ticker.tick);
  return useSession().hubNow();
}

/** The same on the page's own clock, for times that are not the hub's. */
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

export function useAgentName(): (agentId: string | null) => string {
  const agents = useTable('agents');
  return (agentId) => (agentId === null ? '' : (agents.get(agentId)?.name ?? '?'));
}

export function useGroupName(groupId: string): string {
  return useOffice((state) => state.groups.get(groupId)?.name ?? '');
}
