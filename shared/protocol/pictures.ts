/**
 * A picture's cost for its viewer is its pixels, four bytes each, not its file size: 60 kB may hold 500 million pixels.
 * The hub reads a picture's dimensions and refuses it above these limits.
 */
export const picturePixelsMax = 40_000_000;
export const pictureSideMax = 30_000;
/** The sum over all frames, as each is drawn over the whole picture. */
export const animationPixelsMax = 4_000_000_000;

/** Up to these limits a page shows a picture automatically; a larger one only on request. */
const atOncePixelsMax = 12_000_000;
const atOnceAnimationPixelsMax = 500_000_000;

type Optional<T> = { [K in keyof T]?: T[K] | undefined };

export interface PictureSize {
  width: number;
  height: number;
  /** Absent: not animated. */
  frames?: number | undefined;
}

/** A picture without a size is from before the hub read sizes. */
export function isShownAtOnce({ width = 1, height = 1, frames = 1 }: Optional<PictureSize>): boolean {
  const pixels = width * height;
  return pixels <= atOncePixelsMax && pixels * frames <= atOnceAnimationPixelsMax;
}
