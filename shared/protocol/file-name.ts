/** The longest file name, in UTF-16 code units; a client shortens it before sending. */
export const fileNameMax = 200;

const pictureTypes = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'] as const;
const openXml = 'application/vnd.openxmlformats-officedocument';
const openDocument = 'application/vnd.oasis.opendocument';

/** Written out, so that the customers' page, which has no use for it, comes without it. */
export const attachmentTypeNames = [
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'application/pdf',
  'text/plain',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  'application/vnd.oasis.opendocument.text',
  'application/vnd.oasis.opendocument.spreadsheet',
  'application/vnd.oasis.opendocument.presentation',
  'application/zip',
  'image/heic',
  'video/mp4',
] as const;
export type AttachmentType = (typeof attachmentTypeNames)[number];

/** The extensions allowed for each type; the first is appended to a name that has none of them. */
const endings: Readonly<Record<AttachmentType, readonly string[]>> = {
  'image/png': ['.png'],
  'image/jpeg': ['.jpg', '.jpeg'],
  'image/gif': ['.gif'],
  'image/webp': ['.webp'],
  'application/pdf': ['.pdf'],
  'text/plain': ['.txt', '.csv'],
  [`${openXml}.wordprocessingml.document`]: ['.docx'],
  [`${openXml}.spreadsheetml.sheet`]: ['.xlsx'],
  [`${openXml}.presentationml.presentation`]: ['.pptx'],
  [`${openDocument}.text`]: ['.odt'],
  [`${openDocument}.spreadsheet`]: ['.ods'],
  [`${openDocument}.presentation`]: ['.odp'],
  'application/zip': ['.zip'],
  'image/heic': ['.heic', '.heif'],
  'video/mp4': ['.mp4', '.m4v'],
};

/**
 * For a page's file picker, as short as it can be said. Without HEIC, which no page shows: an iPhone then hands over its
 * photographs as JPEG, and HEIC files are still dropped or pasted.
 */
export const pickedFiles = `${pictureTypes.join()},.pdf,.txt,.csv,.docx,.xlsx,.pptx,.odt,.ods,.odp,.zip,.mp4,.m4v`;

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
    // Controls, format characters (bidi among them), line separators, lone surrogates, private use. The joiners stay:
    // Persian, the scripts of India and some emoji are written with them.
    .replace(/(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}]/gu, '')
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

/** The types that our pages display, through `<img>` only; every other one is a file to save. */
export function isPicture(type: AttachmentType): boolean {
  return pictureTypes.some((each) => each === type);
}
