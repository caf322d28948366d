import { createStore, type StoreApi } from 'zustand/vanilla';
import { initialOfficeState, type OfficeState } from './office-state';
import type { OfficeChange } from './reduce/office-change';
import { reduce } from './reduce/reduce';

/** The client's state. It is readable everywhere and changed by `dispatch` only. */
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
