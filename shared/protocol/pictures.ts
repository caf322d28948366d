/**
 * A picture's cost for its viewer is its pixels, not its bytes: 60 kB may hold 500 million of them, four bytes
 * each. The hub reads how many a picture has and refuses it beyond these.
 */
export const picturePixelsMax = 40_000_000;
export const pictureSideMax = 30_000;
/** All frames together, as each is drawn over the whole picture. */
export const animationPixelsMax = 4_000_000_000;

/** Below these a page shows a picture by itself, else when somebody asks for it. */
const atOncePixelsMax = 12_000_000;
const atOnceAnimationPixelsMax = 500_000_000;

type Optional<T> = { [K in keyof T]?: T[K] | undefined };

export interface PictureSize {
  width: number;
  height: number;
  /** Absent: it is not animated. */
  frames?: number | undefined;
}

/** A picture without a size was sent before the hub read sizes. */
export function isShownAtOnce({ width = 1, height = 1, frames = 1 }: Optional<PictureSize>): boolean {
  const pixels = width * height;
  return pixels <= atOncePixelsMax && pixels * frames <= atOnceAnimationPixelsMax;
}
