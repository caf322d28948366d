import { expect, test } from 'vitest';
import {
  type AttachmentType,
  attachmentTypeNames,
  harmlessName,
  isPicture,
  pickedFiles,
} from '../../shared/protocol/file-name';

test.each([
  ['photo.PNG', 'image/png', 'photo.PNG'],
  ['photo.jpeg', 'image/jpeg', 'photo.jpeg'],
  ['../../etc/passwd', 'text/plain', '_.._etc_passwd.txt'],
  ['C:\\Windows\\system.ini', 'text/plain', 'C__Windows_system.ini.txt'],
  ['invoice\u202Egpj.exe', 'application/pdf', 'invoicegpj.exe.pdf'],
  ['a\u0000b\r\nc\u200F\u2066\u2028.png', 'image/png', 'abc.png'],
  ['nul.txt', 'text/plain', '_nul.txt'],
  ['COM1.pdf', 'application/pdf', '_COM1.pdf'],
  ['con', 'text/plain', '_con.txt'],
  ['', 'image/gif', 'file.gif'],
  ['...', 'image/gif', 'file.gif'],
  ['.txt', 'text/plain', 'txt.txt'],
  ['<b>"x"|?*.png', 'image/png', '_b__x____.png'],
  ['index.html', 'text/plain', 'index.html.txt'],
  ['data.csv', 'text/plain', 'data.csv'],
  ['Data.CSV', 'text/plain', 'Data.CSV'],
  ['می\u200cخواهم.txt', 'text/plain', 'می\u200cخواهم.txt'],
  ['👩\u200d👧.png', 'image/png', '👩\u200d👧.png'],
  ['macro.docm', 'application/zip', 'macro.docm.zip'],
  ['evil.exe', 'application/zip', 'evil.exe.zip'],
  ['offer.docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'offer.docx'],
  ['IMG_1.HEIC', 'image/heic', 'IMG_1.HEIC'],
  ['tour.mp4', 'video/mp4', 'tour.mp4'],
  ['发票 2026.pdf', 'application/pdf', '发票 2026.pdf'],
  [`${'长'.repeat(190)}.webp`, 'image/webp', `${'长'.repeat(100)}.webp`],
] as const)('%j as %s is %j', (name, type, wanted) => {
  expect(harmlessName(name, type)).toBe(wanted);
});

test('only what every page can show is shown; all else is a file', () => {
  expect(isPicture('image/webp')).toBe(true);
  for (const type of ['image/heic', 'video/mp4', 'application/pdf'] as const) expect(isPicture(type)).toBe(false);
});

test('a file picker offers all that is taken, but for HEIC, so that an iPhone turns it into JPEG', () => {
  const offered = pickedFiles.split(',');
  const isOffered = (type: AttachmentType) =>
    offered.includes(type) || offered.some((ending) => harmlessName(`a${ending}`, type) === `a${ending}`);
  expect(attachmentTypeNames.filter((type) => !isOffered(type))).toEqual(['image/heic']);
});
