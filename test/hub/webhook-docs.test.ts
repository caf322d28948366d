import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bodyOf, headersOf, makeSecret } from '../../main/hub/webhooks/signed';
import { webhookEventType } from '../../shared/protocol/webhooks';
import { seededBytes } from '../support/hub';

/** docs/webhooks.md: its examples, run as they stand there, and its list of events. */

const paper = readFileSync(join(__dirname, '..', '..', 'docs', 'webhooks.md'), 'utf8');
const bytes = seededBytes();
const [secret, before] = [makeSecret(bytes), makeSecret(bytes)];
const atMs = 1_795_387_683_728;
const body = bodyOf({ type: 'agent.status', at: atMs, data: { agent: { agentId: 'a', name: 'Ana "陈" O’Neil' } } });
const headers = headersOf('evt_1', atMs, body, [secret, before]);

const example = (language: string) =>
  new RegExp(`\`\`\`${language}\n([\\s\\S]*?)\`\`\``).exec(paper)?.[1] ?? expect.fail(`no example in ${language}`);

/** Right ones, and wrong ones by what is wrong with them. */
const requests = {
  right: { headers, body, secret },
  rightByTheSecretBefore: { headers, body, secret: before },
  changed: { headers, body: `${body} `, secret },
  otherSecret: { headers, body, secret: makeSecret(bytes) },
  old: { headers: { ...headers, 'webhook-timestamp': '1795387000' }, body, secret },
};
const expected = {
  right: 'agent.status',
  rightByTheSecretBefore: 'agent.status',
  changed: '',
  otherSecret: '',
  old: '',
};

test('Node takes what the hub has signed, and nothing else', () => {
  const code = `${example('js')}
    const taken = ({ headers, body, secret }) => {
      try { return foyerEvent(headers, body, secret, ${atMs}).type; } catch { return ''; }
    };
    const requests = ${JSON.stringify(requests)};
    console.log(JSON.stringify(Object.fromEntries(Object.entries(requests).map(([name, each]) => [name, taken(each)]))));`;
  expect(JSON.parse(execFileSync(process.execPath, ['-e', code], { encoding: 'utf8' }))).toEqual(expected);
});

function hasPhp(): boolean {
  try {
    execFileSync('php', ['-v']);
    return true;
  } catch {
    console.info('PHP is not installed here: its example in docs/webhooks.md is not run.');
    return false;
  }
}

test.skipIf(!hasPhp())('PHP takes what the hub has signed, and nothing else', () => {
  const code = `${example('php').replace('<?php', '')}
    $taken = function (array $each) {
      try { return foyer_event($each['headers'], $each['body'], $each['secret'], ${Math.floor(atMs / 1_000)})['type']; }
      catch (Exception $error) { return ''; }
    };
    echo json_encode(array_map($taken, json_decode(stream_get_contents(STDIN), true)));`;
  const printed = execFileSync('php', ['-r', code], { encoding: 'utf8', input: JSON.stringify(requests) });
  expect(JSON.parse(printed)).toEqual(expected);
});

test('the paper names every event, and no other', () => {
  const named = [...paper.matchAll(/^\| `([\w.]+)` \|/gm)].map(([, type]) => type);
  expect(named).toEqual([...webhookEventType.options, 'webhook.test']);
});
