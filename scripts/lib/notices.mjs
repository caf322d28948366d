import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { outFolder } from './paths.mjs';
import { PlainError } from './say.mjs';

/** What each part of the app contains, as its build has noted it (`build.license` in the configurations). */
const noted = ['main', 'preload', 'renderer', 'customer', 'worker', 'hub', 'hub-process'];

/** Packages that come without their licence's text: another one of the same author has the same. */
const sameAs = { 'react-remove-scroll-bar': 'react-remove-scroll' };

/** What packages contain of others, by the package. */
const within = {
  'emojibase-data': {
    name: 'Unicode emoji names and keywords (CLDR)',
    version: '',
    identifier: 'Unicode-3.0',
    file: 'unicode-3.0.txt',
  },
};

/** Writes `out/THIRD-PARTY-NOTICES.txt`; a package without the text of a licence is a `PlainError`. */
export async function writeNotices() {
  const bundles = await Promise.all(
    noted.map(async (part) => JSON.parse(await readFile(join(outFolder, part, '.vite/licenses.json'), 'utf8'))),
  );
  await writeFile(join(outFolder, 'THIRD-PARTY-NOTICES.txt'), await notices(bundles.flat()));
}

/** One section for each package in a version, by name. `packages`: `{name, version, identifier?, text?}`, also repeated. */
export async function notices(packages) {
  const byName = new Map(packages.map((each) => [`${each.name} ${each.version}`, each]));
  for (const { name } of packages) {
    if (within[name] === undefined) continue;
    const { file, ...part } = within[name];
    const text = await readFile(join(dirname(fileURLToPath(import.meta.url)), 'licences', file), 'utf8');
    byName.set(part.name, { ...part, text });
  }
  const textOf = ({ name, text }) => text ?? packages.find((each) => each.name === sameAs[name])?.text;
  const without = [...byName].filter(([, each]) => !textOf(each)).map(([name]) => name);
  if (without.length > 0) throw new PlainError(`bundled without the text of its licence: ${without.join(', ')}`);
  const sections = [...byName.values()]
    .sort((a, b) => a.name.localeCompare(b.name, 'en') || a.version.localeCompare(b.version, 'en'))
    .map((each) => {
      const title = [each.name, each.version].filter(Boolean).join(' ');
      return `${title} (${each.identifier ?? 'see below'})\n\n${textOf(each).trim()}\n`;
    });
  const head = 'Foyer contains the following software and data of others. Electron brings its own notices.\n';
  return [head, ...sections].join(`\n${'-'.repeat(80)}\n\n`);
}
