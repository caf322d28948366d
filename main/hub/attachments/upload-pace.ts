import type { Clock } from '../ports';
import { AttachmentRefused } from '../store/attachment-refused';

/** The same bytes, as long as `min.bytes` of them come in every `min.everyMs`: a place is not held by dripping. */
export async function* atPace(
  clock: Clock,
  min: { bytes: number; everyMs: number },
  source: AsyncIterable<Buffer>,
): AsyncGenerator<Buffer> {
  let came = 0;
  let cancel = () => {};
  const tooSlow = new Promise<never>((_resolve, reject) => {
    const look = () => {
      if (came < min.bytes)
        return reject(new AttachmentRefused(408, 'tooSlow', 'The file came too slowly: try again.'));
      came = 0;
      cancel = clock.at(clock.now() + min.everyMs, look);
    };
    cancel = clock.at(clock.now() + min.everyMs, look);
  });
  // The file is complete: the pace no longer matters.
  tooSlow.catch(() => undefined);
  const chunks = source[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await Promise.race([chunks.next(), tooSlow]);
      if (next.done) return;
      came += next.value.length;
      yield next.value;
    }
  } finally {
    cancel();
    // Not waited for: behind a sender who stands still it comes only when they go.
    chunks.return?.().catch(() => undefined);
  }
}
