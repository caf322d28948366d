/** The oldest major version of Electron with security fixes at the time of the release: the pinned one. */
export const electronMajorMin = 45;

/** Accepted in development and tests only, where no newer one is available (`scripts/lib/electron-runtime.mjs`). */
export function isOutdated(electronVersion: string): boolean {
  return Number.parseInt(electronVersion, 10) < electronMajorMin;
}
