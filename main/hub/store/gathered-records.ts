/** How long records may be kept back from the writer, and how much of them (UTF-16 code units). */
const keptMs = 50;
const keptLengthMax = 64 * 1024;

/** Durable records for the writer: no acknowledgement waits for it, and each post costs a copy and a wake-up. */
export class GatheredRecords {
  private jsons: string[] = [];
  private length = 0;
  private cancel: (() => void) | null = null;

  constructor(
    private readonly post: (jsons: string[]) => void,
    /** Runs it after that many ms; returns what cancels it. */
    private readonly after: (ms: number, run: () => void) => () => void,
  ) {}

  add(jsons: readonly string[]): void {
    for (const json of jsons) {
      this.jsons.push(json);
      this.length += json.length;
    }
    if (this.length >= keptLengthMax) this.flush();
    else this.cancel ??= this.after(keptMs, () => this.flush());
  }

  flush(): void {
    this.cancel?.();
    this.cancel = null;
    const { jsons } = this;
    this.jsons = [];
    this.length = 0;
    if (jsons.length > 0) this.post(jsons);
  }
}
