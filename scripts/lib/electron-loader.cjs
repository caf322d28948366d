// Put into the registry's Electron as its own app: does what Electron's default app does with `electron <folder>`.
const { app } = require('electron');
const { existsSync, readFileSync, statSync } = require('node:fs');
const { dirname, join, resolve } = require('node:path');

// As there: `-r` names a module to load first, other flags are Chromium's or the app's own.
const argv = process.argv.slice(1);
const required = argv.filter((_argument, at) => argv[at - 1] === '-r');
const target = argv.find((argument, at) => !argument.startsWith('-') && argv[at - 1] !== '-r');
if (target === undefined) {
  console.error('Usage: electron <folder or file of an app>');
  app.exit(1);
} else {
  for (const name of required) require(resolve(name));
  load(resolve(target));
}

function load(path) {
  const file = statSync(path).isDirectory() ? join(path, manifestOf(path).main ?? 'index.js') : path;
  let folder = statSync(path).isDirectory() ? path : dirname(path);
  while (!existsSync(join(folder, 'package.json')) && dirname(folder) !== folder) folder = dirname(folder);
  if (existsSync(join(folder, 'package.json'))) {
    const manifest = manifestOf(folder);
    app.setAppPath(folder);
    app.setName(manifest.productName ?? manifest.name);
    app.setVersion(manifest.version);
  }
  require(require.resolve(file));
}

function manifestOf(folder) {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
}
