import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { identified } from '../../main/hub/entrance/signed-identity';
import { emptyConfig } from '../../main/hub/state/config';

/** The examples of docs/widget.md, run as they stand there. */

const paper = readFileSync(join(__dirname, '..', '..', 'docs', 'widget.md'), 'utf8');
const secret = 'foyer_a-secret-of-the-office';
const customer = { id: 'c-17', name: 'Mei "陈" O’Neil', contact: 'mei+x@example.com' };

function example(language: string): string {
  const found = [...paper.matchAll(new RegExp(`\`\`\`${language}\n([\\s\\S]*?)\`\`\``, 'g'))].map(
    ([, code = '']) => code,
  );
  return found.find((code) => /identity\(/i.test(code)) ?? expect.fail(`no example in ${language}`);
}

function expectSigned(printed: string): void {
  const identity = JSON.parse(printed);
  const config = { ...emptyConfig(), identity: { key: 'k', secrets: [{ secretId: 's', secret, madeAt: 0 }] } };
  expect(identified(config, identity, null, identity.issuedAt)).toMatchObject({
    answer: 'signed',
    who: { signedId: 'c-17', name: customer.name, contact: customer.contact },
  });
}

test('Node signs what the hub takes', () => {
  const code = `${example('js')}\nconsole.log(JSON.stringify(foyerIdentity(${JSON.stringify(customer)}, '${secret}')))`;
  expect(code.split('\n').length).toBeLessThan(13);
  expectSigned(execFileSync(process.execPath, ['-e', code], { encoding: 'utf8' }));
});

function hasPhp(): boolean {
  try {
    execFileSync('php', ['-v']);
    return true;
  } catch {
    console.info('PHP is not installed here: its example in docs/widget.md is not run.');
    return false;
  }
}

test.skipIf(!hasPhp())('PHP signs what the hub takes', () => {
  const { id, name, contact } = customer;
  const values = [id, name, contact, secret].map((each) => `'${each}'`).join(', ');
  const code = `${example('php').replace('<?php', '')}\necho json_encode(foyer_identity(${values}));`;
  expectSigned(execFileSync('php', ['-r', code], { encoding: 'utf8' }));
});
