import { execFile } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../support/folder';

const root = join(__dirname, '..', '..');

/** There at run time, but not in the types of that version. */
const thereAllTheSame = ["'headersDistinct'", "'iterator'", "on type 'Browser'"];

/** Says what the types of Node 18.15, which Electron 25 brings, do not know in these files. */
function unknownIn(include: string[]): Promise<string[]> {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'types'));
  symlinkSync(join(root, 'node_modules', 'node-18-types'), join(folder, 'types', 'node'), 'junction');
  const compilerOptions = { typeRoots: [join(folder, 'types')], types: ['node'] };
  const config = { extends: join(root, 'tsconfig.json'), compilerOptions, include };
  const path = join(folder, 'tsconfig.json');
  writeFileSync(path, JSON.stringify(config));
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  return new Promise((resolve) =>
    execFile(
      process.execPath,
      [tsc, '-p', path, '--pretty', 'false'],
      { cwd: root, maxBuffer: 2 ** 24 },
      (_error, out) => {
        // Other complaints are about other shapes of what is there: those types are older than the compiler.
        const said = out.split('\n').filter((line) => /does not exist|has no exported member/.test(line));
        resolve(said.filter((line) => !thereAllTheSame.some((name) => line.includes(name))));
      },
    ),
  );
}

it('the app uses nothing of Node that its oldest runtime lacks or ignores', async () => {
  expect(await unknownIn([join(root, 'main')])).toEqual([]);
});

it('the look at it sees an option that is ignored there, and a function that is missing', async () => {
  const folder = temporaryFolder();
  const path = join(folder, 'newer.ts');
  const lines = [
    "import { openAsBlob, readdirSync } from 'node:fs';",
    "import { writeFile } from 'node:fs/promises';",
    "export const found = readdirSync('.', { recursive: true });",
    "export const written = writeFile('a', 'b', { flush: true });",
    'export { openAsBlob };',
  ];
  writeFileSync(path, lines.join('\n'));
  const said = await unknownIn([path]);
  expect(said.join('\n')).toMatch(/openAsBlob.*recursive.*flush/s);
});
