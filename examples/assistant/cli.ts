import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { WebSocket } from 'ws';
import { readAnswers } from './answers';
import { startAssistant } from './assistant';

const usage = `npm run assistant -- [--hub URL] [--answers FILE]
  --hub URL       the agents' address of the hub (default ws://127.0.0.1:7800/ws)
  --answers FILE  what it can answer (default examples/assistant/answers.json)
The token, made in the settings under "Assistants", is read from the environment: FOYER_ASSISTANT_TOKEN`;

const { values } = parseArgs({
  options: {
    hub: { type: 'string', default: 'ws://127.0.0.1:7800/ws' },
    answers: { type: 'string', default: join('examples', 'assistant', 'answers.json') },
    help: { type: 'boolean', default: false },
  },
});
const token = process.env.FOYER_ASSISTANT_TOKEN ?? '';
const say = (what: string) => process.stdout.write(`assistant: ${what}\n`);

if (values.help || token === '') {
  process.stdout.write(`${usage}\n`);
  process.exitCode = token === '' && !values.help ? 1 : 0;
} else {
  startAssistant({
    url: values.hub,
    token,
    answers: readAnswers(readFileSync(values.answers, 'utf8')),
    // From version 22 on Node has one of its own.
    openSocket: (url) => new WebSocket(url),
    say,
  });
}
