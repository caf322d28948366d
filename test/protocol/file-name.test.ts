import { expect, test } from 'vitest';
import { harmlessName } from '../../shared/protocol/file-name';

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
  ['发票 2026.pdf', 'application/pdf', '发票 2026.pdf'],
  [`${'长'.repeat(190)}.webp`, 'image/webp', `${'长'.repeat(100)}.webp`],
] as const)('%j as %s is %j', (name, type, wanted) => {
  expect(harmlessName(name, type)).toBe(wanted);
});
