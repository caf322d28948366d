import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { defaultLimits } from '../../main/hub/limits';
import { nodeDisk } from '../../main/hub/store/disk';
import { openHubKey } from '../../main/hub/store/hub-key';
import { apiTokensMax, messageTextMax } from '../../shared/protocol/limits';
import { messagePageMax, messagePageTextMax } from '../../shared/protocol/message-page';
import { ApiOffice } from '../support/api-office';
import { temporaryFolder } from '../support/folder';
import { TestHub } from '../support/hub';

/** docs/api.md: its examples, run as they stand there, and its figures. */

const paper = readFileSync(join(__dirname, '..', '..', 'docs', 'api.md'), 'utf8');
const run = promisify(execFile);

function examples(language: string): string {
  return [...paper.matchAll(new RegExp(`\`\`\`${language}\n([\\s\\S]*?)\`\`\``, 'g'))]
    .map(([, code]) => code)
    .join('\n');
}

function node(code: string, args: string[] = [], env: Record<string, string> = {}) {
  const file = join(temporaryFolder(), 'example.mjs');
  writeFileSync(file, code);
  return run(process.execPath, [file, ...args], { env: { ...process.env, ...env } });
}

test('the examples run one after the other', async () => {
  const api = await ApiOffice.open();
  await api.make();
  const env = { FOYER_API: `http://127.0.0.1:${api.port}/api/v1`, FOYER_TOKEN: api.token };
  const { stdout } = await api.flushed(node(examples('js'), [], env));
  expect(stdout.split('\n')).toContain('customer  Where is my order?');
  expect(stdout).toMatch(/^Mei Chen \d+$/m);
});

test('over TLS the example believes the hub’s own certificate, and no other', async () => {
  const key = await openHubKey(nodeDisk, temporaryFolder());
  const api = await ApiOffice.around(await TestHub.start(), key);
  await api.make();
  const ask = (fingerprint: string) =>
    api.flushed(node(examples('mjs'), ['127.0.0.1', String(api.port), fingerprint, api.token]));
  expect(JSON.parse((await ask(key.fingerprint)).stdout)).toMatchObject({ name: 'Shop' });
  const other = await ask('A'.repeat(43));
  expect([other.stdout, other.stderr]).toEqual(['', 'somebody else answers there\n']);
});

test('its limits are the hub’s', () => {
  const { api, apiKeysMax, apiKeysKeptMs, budgets, closedShownMs } = defaultLimits;
  const row = (what: string, much: string) => expect(paper).toContain(`| ${what} | ${much} |`);
  const rate = ({ person, address }: (typeof api)['requests']) => person ?? address ?? expect.fail();
  const { requests, writes, unknown } = api;
  row('requests of a token', `${rate(requests).burst} at once, then ${rate(requests).perSecond} a second`);
  row('writes among them', `${rate(writes).burst} at once, then ${rate(writes).perSecond} a second`);
  row('requests of a token under way', `${api.atOnceMax.person}; of all tokens ${api.atOnceMax.all}`);
  expect(rate(unknown)).toEqual({ burst: 20, perSecond: 0.5 });
  row('requests without a valid token', '20 at once, then one in two seconds, per address');
  row('body', `${api.bodyBytesMax / 1024} KiB, within ${api.bodyTimeoutMs / 1_000} seconds`);
  row('a message', `${messageTextMax.toLocaleString('en')} characters`);
  expect(budgets.customer.conversations.person).toEqual({ burst: 10, perSecond: 1 / 60 });
  row('conversations opened for one customer', '10 at once, then one a minute');
  const characters = messagePageTextMax.toLocaleString('en');
  row('messages in one answer', `${messagePageMax} of a conversation, or ${characters} characters`);
  row('idempotency keys', `${apiKeysMax.toLocaleString('en')} a token in ${apiKeysKeptMs / 3_600_000} hours`);
  expect(paper).toContain(`There may be ${apiTokensMax}.`);
  expect(closedShownMs).toBe(60 * 60_000);
});
