/** Electron's oldest major version with security fixes when this was released: that of the pinned one. */
export const electronMajorMin = 45;

/** For development and tests, where no other can be had (`scripts/lib/electron-runtime.mjs`); not for real work. */
export function isOutdated(electronVersion: string): boolean {
  return Number.parseInt(electronVersion, 10) < electronMajorMin;
}
