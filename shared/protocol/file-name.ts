/** The longest file name, in UTF-16 code units; a client shortens it before sending. */
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

/** The extensions allowed for each type; the first is appended to a name that has none of them. */
const endings: Readonly<Record<AttachmentType, readonly string[]>> = {
  'image/png': ['.png'],
  'image/jpeg': ['.jpg', '.jpeg'],
  'image/gif': ['.gif'],
  'image/webp': ['.webp'],
  'application/pdf': ['.pdf'],
  'text/plain': ['.txt'],
};

/** Windows treats these names as devices, whatever their extension. */
const reserved = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?=\.|$)/i;
const shownMax = 100;

/**
 * A file name that is safe to show and to save on any system, as names are untrusted. Path separators and characters
 * that change the reading direction are removed (`exe.gpj` must not look like `jpg.exe`), it is shortened, and it ends
 * in an extension of its type, so that no system opens a text as a page or a program.
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

/** The types that our pages display, through `<img>` only. */
export function isPicture(type: AttachmentType): boolean {
  return type.startsWith('image/');
}
