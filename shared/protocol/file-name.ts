/** Of a file's name, in UTF-16 code units; a client shortens before it sends. */
export const fileNameMax = 200;

export const attachmentTypeNames = [
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'application/pdf',
  'text/plain',
] as const;
export type AttachmentType = (typeof attachmentTypeNames)[number];

/** What a file of this type may end in; the first is added where it ends in none of them. */
const endings: Readonly<Record<AttachmentType, readonly string[]>> = {
  'image/png': ['.png'],
  'image/jpeg': ['.jpg', '.jpeg'],
  'image/gif': ['.gif'],
  'image/webp': ['.webp'],
  'application/pdf': ['.pdf'],
  'text/plain': ['.txt'],
};

/** Windows takes these for devices, whatever they end in. */
const reserved = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?=\.|$)/i;
const shownMax = 100;

/**
 * A name fit to be shown and to be saved under on any system: names are data from outside. Without what separates paths
 * or turns the direction of reading (`exe.gpj` must not look like `jpg.exe`), not too long, and ending as its type does,
 * so that no system opens a text as a page or a program.
 */
export function harmlessName(name: string, type: AttachmentType): string {
  const plain = name
    .normalize('NFC')
    // Controls, format characters (bidi among them), line separators, lone surrogates, private use.
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}]/gu, '')
    .replace(/[\\/:*?"<>|]/g, '_')
    .replace(/\s+/g, ' ')
    .replace(/^[. ]+|[. ]+$/g, '');
  const allowed = endings[type];
  const ending = allowed.find((each) => plain.toLowerCase().endsWith(each));
  const stem = ending === undefined ? plain : plain.slice(0, -ending.length);
  const last = ending === undefined ? allowed[0] : plain.slice(-ending.length);
  const short =
    [...stem]
      .slice(0, shownMax)
      .join('')
      .replace(/[. ]+$/, '') || 'file';
  return `${short.replace(reserved, '_$&')}${last}`;
}

/** The types that are shown, by our own pages through `<img>` only. */
export function isPicture(type: AttachmentType): boolean {
  return type.startsWith('image/');
}
