type Value = string | number | null;

interface Stay {
  value: Value;
  /** Null: it still has it. */
  until: number | null;
}

/** More values than anything has within the time that is asked for. */
const keptMax = 60;

/** What was true of things over time, for what clients may be told late. */
export class Past {
  private readonly stays = new Map<string, Stay[]>();

  constructor(private readonly now: () => number) {}

  ids(): Iterable<string> {
    return this.stays.keys();
  }

  note(id: string, value: Value): void {
    const stays = this.stays.get(id) ?? [];
    const last = stays.at(-1);
    if (last?.value === value) return;
    if (last) last.until = this.now();
    stays.push({ value, until: null });
    if (stays.length > keptMax) stays.shift();
    this.stays.set(id, stays);
  }

  /** Whether this was true within the last so many milliseconds; of what was never noted, null was. */
  had(id: string, value: Value, withinMs: number): boolean {
    const since = this.now() - withinMs;
    const stays = this.stays.get(id);
    if (!stays) return value === null;
    return stays.some((stay) => stay.value === value && (stay.until === null || stay.until >= since));
  }

  clear(): void {
    this.stays.clear();
  }
}
