// Types, lint and format, dead code: what `npm test` begins with.
import { runChecks } from './lib/checks.mjs';
import { main } from './lib/say.mjs';

await main(async () => {
  const { failed } = await runChecks();
  if (failed > 0) process.exitCode = 1;
});
