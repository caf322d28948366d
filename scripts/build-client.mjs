// Makes the client for programs, `@foyer/client`, in out/client: `npm publish out/client` puts it into a registry.
import { join } from 'node:path';
import { buildClient } from './lib/client-package.mjs';
import { outFolder } from './lib/paths.mjs';
import { main, say } from './lib/say.mjs';

await main(async () => {
  const folder = join(outFolder, 'client');
  await buildClient(folder);
  say(`The client is in ${folder}; npm pack ${folder} makes one file of it.`);
});
