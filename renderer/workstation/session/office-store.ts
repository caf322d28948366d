import { createStore, type StoreApi } from 'zustand/vanilla';
import { initialOfficeState, type OfficeState } from './office-state';
import type { OfficeChange } from './reduce/office-change';
import { reduce } from './reduce/reduce';

/** What this workstation knows. Everybody may read it; it changes by `dispatch` alone. */
export interface OfficeStore extends Pick<StoreApi<OfficeState>, 'getState' | 'getInitialState' | 'subscribe'> {
  dispatch(change: OfficeChange): void;
}

export function createOfficeStore(): OfficeStore {
  const { getState, getInitialState, subscribe, setState } = createStore<OfficeState>()(() => initialOfficeState());
  return {
    getState,
    getInitialState,
    subscribe,
    dispatch: (change) => setState(reduce(getState(), change), true),
  };
}
