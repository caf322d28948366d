import { expect, onTestFinished, test, vi } from 'vitest';
import { callArguments, checkCall } from '../../main/desktop/call-arguments';
import { createHubHost } from '../../main/desktop/hub-host';
import { HubProcess, openRemoteHub } from '../../main/desktop/hub-process';
import { pairWith } from '../../main/desktop/pair';
import { openHub } from '../../main/hub/open-hub';
import { inProcessWriter } from '../storage/support/in-process-writer';
import { temporaryFolder } from '../support/folder';
import { createHandClock } from '../support/hand-clock';
import { seededBytes } from '../support/hub';
import { hubInProcess } from '../support/hub-in-process';
import { agent, speak } from './speak';

const scryptCost = 16;
const secrets = {
  passphrase: 'canary-passphrase-1',
  wrongPassphrase: 'canary-passphrase-2',
  newPassphrase: 'canary-passphrase-3',
  message: 'canary-message',
  reply: 'canary-reply',
  contact: 'canary-contact@example.org',
  customer: 'canary-customer',
  badFrame: 'canary-in-a-bad-frame',
  fileName: 'canary-file',
};

/** Everything that the desktop and its hub log, from the set-up on. */
async function session() {
  const log: string[] = [];
  const entry = (event: string, detail?: object) => void log.push(`${event} ${JSON.stringify(detail ?? {})}`);
  const folder = temporaryFolder();
  const ports = { clock: createHandClock(1_800_000_000_000), log: { info: entry, warn: entry, error: entry } };
  const child = () =>
    hubInProcess({
      clock: ports.clock,
      randomBytes: seededBytes(5),
      openHub: (options, hubPorts) => openHub(options, hubPorts, { scryptCost }),
      startWriter: inProcessWriter(),
      openDiscovery: () => ({ advertise: () => () => undefined }),
    });
  const host = createHubHost({
    ...{ folder, ...ports },
    firstPorts: { agent: 0, customer: 0, lan: { host: '127.0.0.1', port: 0 } },
    pages: { workstation: folder, customer: folder },
    openHub: (options) => openRemoteHub(new HubProcess(child(), ports.log), options, ports),
    recoverFolder: async () => undefined,
    restoreBackup: async () => undefined,
    running: () => undefined,
    ended: () => undefined,
  });
  onTestFinished(() => host.stop());
  return { host, log };
}

test('a whole session leaves no secret and no word of a customer in any log, nor in the audit log', async () => {
  const { host, log } = await session();
  const { passphrase, wrongPassphrase, newPassphrase } = secrets;
  const started = await host.host({ officeName: 'Test', supervisorName: 'Sam', passphrase });
  if (started.state !== 'running') throw new Error(JSON.stringify(started));
  const agentUrl = `${started.agentUrl}/ws`.replace(/\/ws\/ws$/, '/ws');
  const customerUrl = started.customerUrl.replace('http', 'ws').replace(/\/chat$/, '/ws');

  const guess = await speak(agentUrl, agent({ kind: 'passphrase', passphrase: wrongPassphrase }, 'eve'));
  await guess.until(({ code }) => code === 'wrongPassphrase');
  const sam = await speak(agentUrl, agent({ kind: 'passphrase', passphrase }, 'sams-device'));
  const { token: samToken, agentId: samId } = await sam.until(({ type }) => type === 'welcome');
  await sam.until(({ type }) => type === 'caughtUp');
  const group = await sam.until(({ name }) => name === 'group.changed');
  const made = await sam.command({
    ...{ op: 'agent.put', name: 'Ana', role: 'agent', capacity: 5 },
    groups: [{ groupId: group.group.groupId, priority: 1 }],
  });
  const { code, link } = (await sam.command({ op: 'agent.code', agentId: made.result.agentId })).result;
  expect(link).toContain('foyer://');
  await pairWith(started.lan!.addresses[0]!, code, scryptCost);
  const ana = await speak(agentUrl, agent({ kind: 'code', code }, 'anas-device'));
  const { token: anaToken } = await ana.until(({ type }) => type === 'welcome');
  await ana.until(({ type }) => type === 'caughtUp');
  await ana.command({ op: 'status.set', status: 'online' });

  const hello = { role: 'customer', token: null, language: 'en', deviceId: 'meis-tab' };
  const mei = await speak(customerUrl, hello);
  const { token: meiToken } = await mei.until(({ type }) => type === 'welcome');
  await mei.command({ op: 'conversation.open', name: secrets.customer, text: secrets.message });
  const offered = await ana.until(({ name, conversation }) => name === 'conversation.changed' && conversation.offerId);
  const { offerId, conversationId } = offered.conversation;
  await ana.command({ op: 'offer.accept', offerId });
  await ana.command({ op: 'message.send', conversationId, text: secrets.reply });
  await sam.command({ op: 'conversation.claim', conversationId, force: true });
  const attachments = [{ attachmentId: 'a'.repeat(64), name: secrets.fileName }];
  await mei.command({ op: 'message.send', text: secrets.message, attachments });
  await mei.command({ op: 'conversation.leave' });
  await mei.command({ op: 'message.leave', name: secrets.customer, contact: secrets.contact, text: secrets.message });

  // The log says what is wrong, but never has the value.
  (await speak(customerUrl, { ...hello, [secrets.badFrame]: secrets.badFrame })).send('x');
  (await speak(agentUrl, agent({ kind: 'token', token: anaToken.slice(1) }, 'eve-2'))).send(secrets.badFrame);
  const early = await speak(customerUrl, { ...hello, role: secrets.badFrame });
  early.send(JSON.stringify({ type: 'command', cid: 'x', n: 1, op: 'message.send', [secrets.badFrame]: 1 }));
  mei.send(`{"type":"${secrets.badFrame}`);
  ana.send(JSON.stringify({ type: 'command', cid: 'x', n: 99, op: secrets.badFrame }));
  expect(checkCall(callArguments, 'hub.resetPassphrase', [newPassphrase, null, secrets.badFrame])).toMatchObject({
    ok: false,
  });
  expect(JSON.stringify(checkCall(callArguments, secrets.badFrame, []))).not.toContain('canary');
  await vi.waitFor(() => expect(log.filter((line) => line.startsWith('frame.bad')).length).toBeGreaterThanOrEqual(2));

  await sam.command({ op: 'passphrase.change', old: passphrase, new: newPassphrase });
  await host.resetPassphrase(passphrase, null);
  await sam.command({ op: 'agent.revoke', agentId: made.result.agentId });
  const audited = JSON.stringify((await sam.command({ op: 'audit.list', before: null, length: 200 })).result);
  await host.setLan(null);
  await host.stop();

  const tokens = [samToken, anaToken, meiToken, code, code.replaceAll('-', ''), /k=([\w-]+)/.exec(link)![1]!];
  expect(tokens.every((each) => typeof each === 'string' && each.length >= 12)).toBe(true);
  expect(log.length).toBeGreaterThan(5);
  for (const secret of [...Object.values(secrets), ...tokens]) {
    expect(log.filter((line) => line.includes(secret))).toEqual([]);
    expect(audited).not.toContain(secret);
  }
  expect(audited).toContain('passphrase.reset');
  expect(samId).toEqual(expect.any(String));
});
