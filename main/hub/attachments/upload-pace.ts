import type { Clock } from '../ports';
import { AttachmentRefused } from '../store/attachment-refused';

/** Passes bytes on while at least `min.bytes` arrive per `min.everyMs`, so that a slow upload can't hold its slot. */
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
  // A rejection after the file is complete must not be reported as unhandled.
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
    // Not awaited: with a stalled sender it settles only when they disconnect.
    chunks.return?.().catch(() => undefined);
  }
}
