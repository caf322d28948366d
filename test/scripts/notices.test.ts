import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { notices } from '../../scripts/lib/notices.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const builtin = new Set(builtinModules);

/** Packages that the app's own code imports, by name. */
function imported(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return imported(path);
    if (!/\.tsx?$/.test(entry.name)) return [];
    const code = readFileSync(path, 'utf8').replace(/^import type [^;]*;/gm, '');
    const modules = [...code.matchAll(/(?:\bfrom|^import|\bimport\()\s*'([a-z@][^'\s]*)'/gm)].map((match) => match[1]!);
    return modules.map((name) => /^(@[^/]+\/)?[^/]+/.exec(name)![0]);
  });
}

interface Manifest {
  name: string;
  version: string;
  license?: string;
  dependencies?: Record<string, string>;
}

/** With everything that they depend on. */
function installed(names: Iterable<string>): Map<string, Manifest & { text?: string }> {
  const found = new Map<string, Manifest & { text?: string }>();
  const add = (name: string, from: string): void => {
    const folder = [join(from, 'node_modules', name), join(root, 'node_modules', name)].find(existsSync);
    if (folder === undefined || found.has(folder)) return;
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
    const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each));
    found.set(folder, { ...manifest, ...(file ? { text: readFileSync(join(folder, file), 'utf8') } : {}) });
    for (const dependency of Object.keys(manifest.dependencies ?? {})) add(dependency, folder);
  };
  for (const name of names) add(name, root);
  return found;
}

describe('the notices of what others have made', () => {
  it('have the text of every licence, whatever of the imported packages ends up in a bundle', async () => {
    const names = ['main', 'renderer', 'shared'].flatMap((folder) => imported(join(root, folder)));
    const ours = new Set(
      names.filter((name) => !name.startsWith('node:') && !builtin.has(name) && name !== 'electron'),
    );
    const packages = [...installed(ours).values()].map(({ name, version, license, text }) => ({
      ...{ name, version, identifier: license },
      ...(text === undefined ? {} : { text }),
    }));
    expect(packages.map(({ name }) => name)).toEqual(expect.arrayContaining([...ours]));
    const text = await notices(packages);
    for (const { name, version } of packages) expect(text).toContain(`\n${name} ${version} (`);
    expect(text).toContain('Unicode, Inc.');
  });

  it('name each package once, and refuse one without a text', async () => {
    const ws = { name: 'ws', version: '8.0.0', identifier: 'MIT', text: 'Copyright (c) its author' };
    const text = await notices([ws, { ...ws }]);
    expect(text.match(/^ws 8\.0\.0 \(MIT\)$/gm)).toHaveLength(1);
    expect(text).toContain('\n\nCopyright (c) its author\n');
    await expect(notices([ws, { name: 'x', version: '1.0.0' }])).rejects.toThrow(
      'bundled without the text of its licence: x 1.0.0',
    );
  });
});
