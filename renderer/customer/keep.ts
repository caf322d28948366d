/** Storage that outlives a reload: a string per name. It may be forbidden (private windows, embedded pages). */
export interface Keep {
  get(name: string): string | null;
  set(name: string, value: string | null): void;
  /** Removes everything that the page has stored. */
  clear(): void;
  /** False where the browser stores nothing: what is kept ends with the page. */
  readonly outlivesPage: boolean;
}

/** The same, but for the token, which ends with the page: who signs in at a shared computer leaves none behind. */
export function withoutToken(keep: Keep): Keep {
  let token: string | null = null;
  return {
    get: (name) => (name === 'token' ? token : keep.get(name)),
    set(name, value) {
      if (name === 'token') token = value;
      else keep.set(name, value);
    },
    clear() {
      token = null;
      keep.clear();
    },
    outlivesPage: keep.outlivesPage,
  };
}

/** `prefix` keeps the page's names apart from others of the same origin. Never throws; falls back to memory. */
export function storageKeep(storage: () => Storage, prefix: string): Keep {
  const memory = new Map<string, string>();
  return {
    get outlivesPage() {
      try {
        storage().setItem(`${prefix}try`, '');
        storage().removeItem(`${prefix}try`);
        return true;
      } catch {
        return false;
      }
    },
    get(name) {
      try {
        return storage().getItem(prefix + name) ?? memory.get(name) ?? null;
      } catch {
        return memory.get(name) ?? null;
      }
    },
    set(name, value) {
      if (value === null) memory.delete(name);
      else memory.set(name, value);
      try {
        if (value === null) storage().removeItem(prefix + name);
        else storage().setItem(prefix + name, value);
      } catch {
        // Full or forbidden: memory has it for as long as the page lives.
      }
    },
    clear() {
      memory.clear();
      try {
        const names = Array.from({ length: storage().length }, (_, at) => storage().key(at) ?? '');
        for (const name of names) if (name.startsWith(prefix)) storage().removeItem(name);
      } catch {
        // Forbidden: nothing was kept there.
      }
    },
  };
}
