/** Storage that outlives a reload: a string per name. It may be forbidden (private windows, embedded pages). */
export interface Keep {
  get(name: string): string | null;
  set(name: string, value: string | null): void;
  /** Removes everything that the page has stored. */
  clear(): void;
}

/** `prefix` keeps the page's names apart from others of the same origin. Never throws; falls back to memory. */
export function storageKeep(storage: () => Storage, prefix: string): Keep {
  const memory = new Map<string, string>();
  return {
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
