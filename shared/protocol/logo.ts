/** Of the picture itself. */
export const logoBytesMax = 16 * 1024;
/** On each side, in pixels. */
export const logoSideMax = 512;

/** Of the text that `isLogo` takes, in characters. */
export const logoTextMax = 4 * Math.ceil(logoBytesMax / 3);

/**
 * Whether the text is a PNG in base64 that may be shown as it is: by its first bytes, which have its size, never by
 * what somebody calls it. No other kind is taken, so that nothing in it can be a script or a page.
 */
export function isLogo(text: string): boolean {
  if (text.length > logoTextMax || text.length < 44 || text.length % 4 !== 0) return false;
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text)) return false;
  const head = atob(text.slice(0, 32));
  if (!head.startsWith('\x89PNG\r\n\x1a\n\0\0\0\rIHDR')) return false;
  const sideAt = (place: number) =>
    [0, 1, 2, 3].reduce((side, offset) => side * 256 + head.charCodeAt(place + offset), 0);
  return [sideAt(16), sideAt(20)].every((side) => side >= 1 && side <= logoSideMax);
}
