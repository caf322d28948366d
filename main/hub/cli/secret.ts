import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';

/** Reads a line typed at a terminal, without echo; null without a terminal. */
export function askSecret(question: string): Promise<string | null> {
  if (!process.stdin.isTTY) return Promise.resolve(null);
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: nowhere, terminal: true });
  process.stderr.write(question);
  return new Promise((resolve) => {
    lines.once('close', () => {
      process.stderr.write('\n');
      resolve(null);
    });
    lines.question('', (answer) => {
      resolve(answer);
      lines.close();
    });
  });
}
