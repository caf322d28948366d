import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

/** ARCHITECTURE.md, "Directions": held against what the files really import. */

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const sources = ['main', 'renderer', 'shared'].flatMap((folder) => filesIn(join(root, folder)));
const tests = filesIn(join(root, 'test'));

interface Source {
  path: string;
  text: string;
  /** Without comments and the insides of strings that are no module names. */
  code: string;
  imports: string[];
}

function filesIn(folder: string): Source[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const full = join(folder, entry.name);
    if (entry.isDirectory()) return filesIn(full);
    if (!/\.(ts|tsx|mts|cts)$/.test(entry.name) || entry.name.endsWith('.d.ts')) return [];
    const path = relative(root, full).split(sep).join('/');
    const text = readFileSync(full, 'utf8');
    const code = withoutComments(text);
    return [{ path, text, code, imports: importsOf(path, code) }];
  });
}

function withoutComments(text: string): string {
  return text.replace(/("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`)|\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, '$1');
}

function importsOf(path: string, code: string): string[] {
  const patterns = [
    /(?:^|[;\n}])\s*(?:import|export)\s[^;'"]*?\sfrom\s*['"]([^'"]+)['"]/g,
    /(?:^|[;\n}])\s*import\s*['"]([^'"]+)['"]/g,
    /\b(?:import|require)\s*\(\s*['"]([^'"]+)['"]/g,
  ];
  return patterns.flatMap((pattern) => [...code.matchAll(pattern)].map((match) => resolved(path, match[1]!)));
}

/** A file of this repository by its path from the root, anything else as it is written. */
function resolved(path: string, module: string): string {
  return module.startsWith('.') ? posix.join(posix.dirname(path), module) : module;
}

type Allowed = (module: string) => boolean;
const under =
  (...folders: string[]): Allowed =>
  (module) =>
    folders.some((folder) => module === folder || module.startsWith(`${folder}/`));
const only =
  (...names: string[]): Allowed =>
  (module) =>
    names.includes(module);
const anyOf =
  (...rules: Allowed[]): Allowed =>
  (module) =>
    rules.some((rule) => rule(module));

function broken(files: Source[], inFolder: Allowed, allowed: Allowed, instead: string): string[] {
  return files
    .filter(({ path }) => inFolder(path))
    .flatMap(({ path, imports }) =>
      imports.filter((module) => !allowed(module)).map((module) => `${path} imports ${module}: ${instead}`),
    );
}

test('1. the routing core imports itself, shared/protocol and zod only', () => {
  const allowed = anyOf(under('shared/routing', 'shared/protocol'), only('zod'));
  const instead = 'hand it in through a command instead; the core is pure';
  expect(broken(sources, under('shared/routing'), allowed, instead)).toEqual([]);
});

test('1. the routing core knows no clock, chance, time zone, timer, environment or waiting', () => {
  const forbidden: [RegExp, string][] = [
    [/\bDate\b/, 'take the time from `command.at`'],
    [/\bMath\.random\b|\bcrypto\b/, 'let the shell make ids and hand them in'],
    [/\bIntl\b|\.toLocale\w*\(/, 'let the shell compute it and tell the core by a command'],
    [/\bset(?:Timeout|Interval|Immediate)\b|\bqueueMicrotask\b/, 'give the moment through `nextDeadline`'],
    [/\basync\b|\bawait\b|\bPromise\b/, 'return what is to be done; somebody else does it'],
    [/\bprocess\b|\bglobalThis\b|\bconsole\b/, 'hand it in, or return it'],
  ];
  const found = sources
    .filter(({ path }) => path.startsWith('shared/routing/'))
    .flatMap(({ path, code }) => {
      const words = code.replace(/("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`)/g, "''");
      return forbidden
        .filter(([pattern]) => pattern.test(words))
        .map(([pattern, instead]) => `${path} has ${pattern}: ${instead}`);
    });
  expect(found).toEqual([]);
});

test('2. shared imports zod and itself only', () => {
  const texts = under('shared/text');
  const rest: Allowed = (path) => under('shared')(path) && !texts(path);
  const instead = 'move it to main or renderer, or hand it in';
  expect(broken(sources, rest, anyOf(under('shared'), only('zod')), instead)).toEqual([]);
  expect(broken(sources, texts, anyOf(under('shared'), only('zod', 'i18next')), instead)).toEqual([]);
});

test('2. the hub imports shared, node and the libraries it is known for only; never electron', () => {
  const allowed = anyOf(
    under('main/hub', 'shared'),
    only('ws', 'lowdb', 'zod', 'luxon', 'tar', '@peculiar/x509', 'reflect-metadata', 'bonjour-service'),
    only('pinyin-match', 'pinyin-match/src/simplified_dict.js'),
    (module) => module.startsWith('node:'),
  );
  const instead = 'take it as a port (main/hub/ports.ts)';
  expect(broken(sources, under('main/hub'), allowed, instead)).toEqual([]);
});

test('2. the hub takes time and chance as ports', () => {
  // Where the ports are made, and the store's own file names.
  const makers =
    /^main\/hub\/(system\/(system-clock|log|days)|cli\/[\w-]+|listen\/(listener|socket-line))\.ts$|^main\/hub\/store\//;
  const found = sources
    .filter(({ path }) => path.startsWith('main/hub/') && !makers.test(path))
    .filter(({ code }) =>
      /\bDate\.now\b|new Date\b|\bMath\.random\b|\bset(?:Timeout|Interval)\b|\brandomUUID\b/.test(code),
    )
    .map(({ path }) => `${path}: use ports.clock and ports.randomBytes`);
  expect(found).toEqual([]);
});

test('3. the pages never import main, and the customer page nothing of the workstation', () => {
  expect(
    broken(sources, under('renderer'), (module) => !under('main')(module), 'reach the desktop through desktop-api.ts'),
  ).toEqual([]);
  const notWorkstation: Allowed = (module) => !under('renderer/workstation')(module);
  expect(broken(sources, under('renderer/customer'), notWorkstation, 'move what both need to shared')).toEqual([]);
  const own = under('renderer/widget', 'shared');
  expect(broken(sources, under('renderer/widget'), own, 'what a shop loads stands alone')).toEqual([]);
  const notElectron: Allowed = (module) => module !== 'electron' && !module.startsWith('electron/');
  expect(broken(sources, under('renderer', 'shared'), notElectron, 'use window.foyer (desktop-api.ts)')).toEqual([]);
});

test('4. electron is imported in main/index.ts, main/preload.ts and main/desktop only', () => {
  const elsewhere: Allowed = (path) => !under('main/desktop')(path) && !/^main\/(index|preload)\.ts$/.test(path);
  const allowed: Allowed = (module) => module !== 'electron' && !module.startsWith('electron/');
  expect(broken(sources, elsewhere, allowed, 'move it to main/desktop')).toEqual([]);
});

test("4. what runs in the hub's process never loads electron", () => {
  const byPath = new Map(sources.map((source) => [source.path, source]));
  const loaded = new Set(['main/hub-process.ts']);
  for (const path of loaded)
    for (const module of byPath.get(path)?.imports ?? []) loaded.add(byPath.has(module) ? module : `${module}.ts`);
  expect(loaded).toContain('main/hub/open-hub.ts');
  const withElectron = [...loaded].filter((path) => byPath.get(path)?.imports.includes('electron'));
  expect(withElectron.map((path) => `${path}: keep it out of what main/hub-process.ts imports`)).toEqual([]);
});

/** From the bottom up: each imports only itself and what stands before it. */
const workstationOrder = [
  // What the page needs from the world around it, and what everything is drawn with.
  ...['services', 'ui'],
  // The hub's state and what a user can do with it.
  'session',
  // Parts that several pages show or need.
  ...['lifecycle', 'navigation', 'alerts', 'cards', 'commands', 'thread', 'trace'],
  // Pages.
  ...['history', 'settings', 'team', 'chat', 'first-run'],
  // What stands around the pages.
  ...['shell', 'app'],
];

test('6. the folders of the workstation import downwards only', () => {
  const inWorkstation = sources.filter(({ path }) => /^renderer\/workstation\/.+\//.test(path));
  const folderOf = (path: string) => path.split('/')[2]!;
  const unplaced = inWorkstation.filter(({ path }) => !workstationOrder.includes(folderOf(path)));
  expect(unplaced.map(({ path }) => `${path}: give its folder a place in the order`)).toEqual([]);
  const upwards = inWorkstation.flatMap(({ path, imports }) =>
    imports
      .filter((module) => module.startsWith('renderer/workstation/'))
      .filter((module) => workstationOrder.indexOf(folderOf(module)) > workstationOrder.indexOf(folderOf(path)))
      .map((module) => `${path} imports ${module}: move what both need below`),
  );
  expect(upwards).toEqual([]);
});

test('5. no default exports', () => {
  const found = sources
    .filter(({ code }) => /(?:^|\n)\s*export\s+default\b|\bas\s+default\b/.test(code))
    .map(({ path }) => path);
  expect(found.map((path) => `${path}: export it by name`)).toEqual([]);
});

test("5. no barrels but the core's index.ts and the client's, which programs install", () => {
  const isBarrel = ({ path, code }: Source) =>
    !['shared/routing/index.ts', 'shared/client/index.ts'].includes(path) &&
    /(?:^|\n)\s*export\s+(?:type\s+)?(?:\*|\{[^}]*\})(?:\s+as\s+\w+)?\s+from\b/.test(code)
      ? code.replace(/(?:^|\n)\s*(?:import|export)[^;]*?from\s*['"][^'"]+['"];?/g, '').trim() === ''
      : false;
  expect(sources.filter(isBarrel).map(({ path }) => `${path}: import from the file itself`)).toEqual([]);
});

test('5. who imports the client by its index.ts is an example; the rest keep their bundles small', () => {
  const found = sources.filter(({ imports }) => imports.some((module) => /^shared\/client(\/index)?$/.test(module)));
  expect(found.map(({ path }) => `${path}: import from the file itself`)).toEqual([]);
});

test('5. examples use the published client, and nothing else of this repository', () => {
  const examples = filesIn(join(root, 'examples'));
  const allowed = anyOf(under('examples'), only('shared/client/index', 'ws', 'zod'), (module) =>
    module.startsWith('node:'),
  );
  expect(broken(examples, under('examples'), allowed, 'take it from shared/client/index')).toEqual([]);
});

test('5. no module-level instances', () => {
  const allowed = /new (?:Set|Map|WeakMap|RegExp|URL|Intl\.\w+|TextEncoder|TextDecoder)\b/;
  const found = [...sources].flatMap(({ path, code }) =>
    code
      .split('\n')
      .filter((line) => /^(?:export )?(?:let |var |const \w+(?:: [^=]+)? = new )/.test(line) && !allowed.test(line))
      .map((line) => `${path}: "${line.trim()}" — make it where it is needed and hand it on`),
  );
  expect(found).toEqual([]);
});

test('5. no module mocks', () => {
  const self = 'test/directions.test.ts';
  const found = tests
    .filter(({ path, code }) => path !== self && /\b(?:vi|jest)\.(?:mock|doMock)\b/.test(code))
    .map(({ path }) => `${path}: write a test double and hand it in`);
  expect(found).toEqual([]);
});

/** A folder, or a file beside folders; the first segment below `house`. */
const roomOf = (house: string, path: string) =>
  path.startsWith(`${house}/`) ? path.slice(house.length + 1).split('/')[0]! : null;

/** `order`: the rooms of a house from bottom to top. What runs up, and what stands in no room. */
function arrowsUp(house: string, order: readonly string[]): string[] {
  const names = order.map((name) => name.replace(/\.tsx?$/, ''));
  const floorOf = (path: string) => names.indexOf((roomOf(house, path) ?? '').replace(/\.tsx?$/, ''));
  return sources
    .filter(({ path }) => path.startsWith(`${house}/`))
    .flatMap(({ path, imports }) => {
      const floor = floorOf(path);
      if (floor === -1) return [`${path}: say in this test between which rooms it stands`];
      return imports
        .filter((module) => module.startsWith(`${house}/`) && floorOf(module) > floor)
        .map((module) => `${path} imports ${module}, which stands above it: hand it in, or move what both need down`);
    });
}

test('6. inside the hub a room imports what stands below it only, types too', () => {
  const order = [
    'hub-start-error.ts',
    'ports.ts',
    'limits.ts',
    'system',
    'state',
    'search',
    'store',
    'session',
    'admission',
    'rights',
    'audit',
    'hours',
    'fan-out',
    'loop',
    'deliveries',
    'webhooks',
    'retention',
    'history',
    'entrance',
    'attachments',
    'commands',
    'start-hub.ts',
    'api',
    'listen',
    'demo',
    'current-hub.ts',
    'running-hub.ts',
    'open-hub.ts',
    'cli',
  ];
  expect(arrowsUp('main/hub', order)).toEqual([]);
});

/** Files that import each other, directly or in a circle. */
function circles(): string[][] {
  const known = new Set(sources.map(({ path }) => path));
  const fileOf = (module: string) => ['', '.ts', '.tsx'].map((end) => module + end).find((path) => known.has(path));
  const importsOfFile = new Map(
    sources.map(({ path, imports }) => [path, imports.flatMap((each) => fileOf(each) ?? [])]),
  );
  // Tarjan: a file's circle is what stays on the path above it until nothing there leads further back.
  const found: string[][] = [];
  const numberOf = new Map<string, number>();
  const backTo = new Map<string, number>();
  const path: string[] = [];
  const visit = (file: string) => {
    const number = numberOf.size;
    numberOf.set(file, number);
    backTo.set(file, number);
    path.push(file);
    for (const next of importsOfFile.get(file) ?? []) {
      if (!numberOf.has(next)) visit(next);
      if (path.includes(next)) backTo.set(file, Math.min(backTo.get(file)!, backTo.get(next)!));
    }
    if (backTo.get(file) !== number) return;
    const circle = path.splice(path.indexOf(file));
    if (circle.length > 1) found.push(circle.sort());
  };
  for (const { path: file } of sources) if (!numberOf.has(file)) visit(file);
  return found.sort();
}

test('7. no file imports itself by way of others, types too', () => {
  expect(circles()).toEqual([]);
});

test('the imports are really found', () => {
  const code = withoutComments(
    "import a from 'one'; // import b from 'two'\nimport 'three';\nconst c = require('four');\nexport { d } from './five';\nawait import('six');\nimport type {\n  E,\n} from '../seven';",
  );
  expect(importsOf('main/hub/x.ts', code).sort()).toEqual([
    'four',
    'main/hub/five',
    'main/seven',
    'one',
    'six',
    'three',
  ]);
});
