const samplesMax = 20;
const samplesMin = 3;
const roundToSeconds = 30;

/**
 * QU5's estimated wait, per group: the median of the last 20 waits, each divided by the place it began at, times the
 * customer's place now; rounded up to half a minute. Nothing is said before three waits are known.
 */
export class RecentWaits {
  private readonly msPerPlace = new Map<string, number[]>();

  save(): [string, number[]][] {
    return [...this.msPerPlace];
  }

  load(saved: [string, number[]][]): void {
    for (const [groupId, samples] of saved) this.msPerPlace.set(groupId, samples);
  }

  attended(groupId: string, waitedMs: number, placeAtStart: number): void {
    const samples = this.msPerPlace.get(groupId) ?? [];
    samples.push(waitedMs / Math.max(1, placeAtStart));
    if (samples.length > samplesMax) samples.shift();
    this.msPerPlace.set(groupId, samples);
  }

  estimateSeconds(groupId: string, place: number): number | null {
    const samples = this.msPerPlace.get(groupId) ?? [];
    if (samples.length < samplesMin) return null;
    const median = [...samples].sort((a, b) => a - b)[Math.floor(samples.length / 2)]!;
    return Math.ceil((median * place) / 1_000 / roundToSeconds) * roundToSeconds;
  }
}
