/** The page's storage. If it is full, forbidden or absent, values last only as long as the page. */
export interface PageStorage {
  read(key: string): string | null;
  write(key: string, value: string | null): void;
}

const prefix = 'foyer.';

export function createPageStorage(storage: Storage | null): PageStorage {
  const memory = new Map<string, string>();
  return {
    read(key) {
      try {
        return storage?.getItem(prefix + key) ?? memory.get(key) ?? null;
      } catch {
        return memory.get(key) ?? null;
      }
    },
    write(key, value) {
      if (value === null) memory.delete(key);
      else memory.set(key, value);
      try {
        if (value === null) storage?.removeItem(prefix + key);
        else storage?.setItem(prefix + key, value);
      } catch {
        // The value is in memory; a failed write must never break the page.
      }
    },
  };
}

/** A view of the storage that can remove every key that was read or written through it. */
export function storagePart(storage: PageStorage): PageStorage & { empty(): void } {
  const keys = new Set<string>();
  return {
    read(key) {
      keys.add(key);
      return storage.read(key);
    },
    write(key, value) {
      keys.add(key);
      storage.write(key, value);
    },
    empty() {
      for (const key of keys) storage.write(key, null);
    },
  };
}
