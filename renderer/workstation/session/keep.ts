/** A page's storage that may be full, forbidden or absent: then things are kept for this page's life only. */
export interface Keep {
  read(key: string): string | null;
  write(key: string, value: string | null): void;
}

const prefix = 'foyer.';

export function createKeep(storage: Storage | null): Keep {
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
        // Kept in memory above; nothing more can be done, and writing must never break a page.
      }
    },
  };
}

/** One part of a keep, which can be emptied: every key that was read or written through it. */
export function partOf(keep: Keep): Keep & { empty(): void } {
  const keys = new Set<string>();
  return {
    read(key) {
      keys.add(key);
      return keep.read(key);
    },
    write(key, value) {
      keys.add(key);
      keep.write(key, value);
    },
    empty() {
      for (const key of keys) keep.write(key, null);
    },
  };
}
