import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, posix } from 'node:path';
import { isTypeAliasDeclaration } from 'typescript/unstable/ast/is';
import { API, NodeBuilderFlags } from 'typescript/unstable/sync';
import { build } from 'vite';
import { root } from './paths.mjs';
import { run, tail } from './run.mjs';
import { PlainError } from './say.mjs';

const source = join(root, 'shared', 'client');
const entry = join(source, 'index.ts');
const config = join(source, 'tsconfig.json');

/** Makes the package in this folder, anew: one file of code, its declarations, README and licence. It needs nothing else. */
export async function buildClient(folder) {
  await rm(folder, { recursive: true, force: true });
  await bundle(folder);
  await declare(join(folder, 'types'));
  await copyFile(join(source, 'README.md'), join(folder, 'README.md'));
  await copyFile(join(root, 'LICENSE'), join(folder, 'LICENSE'));
  await writeFile(join(folder, 'package.json'), `${JSON.stringify(await manifest(), null, 2)}\n`);
}

async function bundle(outDir) {
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    build: {
      lib: { entry, formats: ['es'], fileName: () => 'index.js' },
      target: 'es2022',
      minify: false,
      outDir,
      copyPublicDir: false,
    },
  });
}

async function manifest() {
  const { version, license, author, engines } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  return {
    name: '@foyer/client',
    version,
    description: 'A line to a Foyer hub that stays open: reconnect, resume, outbox. For Node and browsers.',
    ...{ license, author, engines },
    type: 'module',
    exports: { '.': { types: './types/client/index.d.ts', default: './index.js' } },
    files: ['index.js', 'types'],
    sideEffects: false,
    publishConfig: { access: 'public' },
  };
}

/**
 * What the compiler declares, but for two things: the wire's types are written out, as they are inferred from schemas whose
 * library programs would have to install; and imports name files, as Node resolves them.
 */
async function declare(outDir) {
  const emittedTo = `${outDir}-emitted`;
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const emitted = await run(process.execPath, [tsc, '--project', config, '--outDir', emittedTo]);
  if (emitted.code !== 0) throw new PlainError(`declaring the client failed:\n${tail(emitted.output, 40)}`);
  const types = openTypes();
  const reached = new Set(['client/index']);
  for (const name of reached) {
    const text = await readFile(join(emittedTo, `${name}.d.ts`), 'utf8');
    const declared = /['"]zod['"]/.test(text) ? types.writtenOut(join(root, 'shared', `${name}.ts`)) : text;
    for (const [, module] of declared.matchAll(imported)) reached.add(posix.join(posix.dirname(name), module));
    await mkdir(dirname(join(outDir, name)), { recursive: true });
    await writeFile(join(outDir, `${name}.d.ts`), declared.replace(imported, "from '$1.js'"));
  }
  types.close();
  await rm(emittedTo, { recursive: true });
}

const imported = /from ['"](\.{1,2}\/[^'"]+)['"]/g;

function openTypes() {
  const api = new API({ cwd: root });
  const { program, checker } = api.updateSnapshot({ openProjects: [config] }).getProjects()[0];
  const flags =
    NodeBuilderFlags.NoTruncation |
    NodeBuilderFlags.InTypeAlias |
    NodeBuilderFlags.MultilineObjectLiterals |
    NodeBuilderFlags.UseSingleQuotesForStringLiteralType;
  return {
    /** The types of a file, without its schemas, and without generic ones, which are the repository's own helpers. */
    writtenOut(path) {
      const { statements } = program.getSourceFile(path);
      const aliases = statements.filter((each) => isTypeAliasDeclaration(each) && !each.typeParameters);
      const lines = aliases.map(({ name }) => {
        const type = checker.getDeclaredTypeOfSymbol(checker.getSymbolAtLocation(name));
        return `export type ${name.text} = ${checker.typeToString(type, undefined, flags)};\n`;
      });
      return `${lines.join('')}export {};\n`;
    },
    close: () => api.close(),
  };
}
