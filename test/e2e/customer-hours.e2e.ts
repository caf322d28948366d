import { WebSocket } from 'ws';
import { createConnection } from '../../shared/client/connection';
import { createRuntimeClock } from '../../shared/client/runtime-clock';
import { createWebSocketTransport } from '../../shared/client/web-socket-transport';
import type { AgentWire, CommandBody } from '../../shared/client/wire';
import type { WorkingHours } from '../../shared/protocol/hours';
import { expect, type Office, passphrase, test } from './office';

/** What customers see when no agent can take them: closed hours, no agent online, the longest wait. */

const minuteMs = 60_000;

test('[HR1] closed: says when it opens, takes a message, and opens at the hour under the eyes of who types', async ({
  office,
}) => {
  const { host } = office;
  const now = await host.desktop.app.evaluate(() => globalThis.foyerTest.now());
  const opensAt = Math.ceil(now / minuteMs) * minuteMs + minuteMs;
  await asSupervisor(office, (groupId) => ({ op: 'group.put', groupId, name: 'Front desk', hours: openFrom(opensAt) }));

  const mei = await office.customer();
  await expect(mei.page.getByText('We are closed at the moment.')).toBeVisible();
  await expect(mei.page.getByText(new RegExp(`^We are back .* at ${wallTime(opensAt)}\\.$`))).toBeVisible();
  await expect(mei.page.getByRole('button', { name: 'Start chat' })).toHaveCount(0);
  await mei.leaveMessage({ name: 'Mei Chen', contact: 'mei@example.com', text: 'Please send the invoice again' });
  await mei.expectThanks();
  const left = host.page.getByRole('article', { name: 'Left message from Mei Chen' });
  await expect(left).toContainText('mei@example.com');
  await expect(left).toContainText('Please send the invoice again');

  const jonas = await office.customer();
  await jonas.page.getByLabel('Your name').fill('Jonas Olsen');
  await jonas.page.getByLabel('Your message').fill('Does the lamp come in blue?');
  await office.advanceSeconds((opensAt - now) / 1000 - 1);
  await expect(jonas.page.getByText('We are closed at the moment.')).toBeVisible();
  await office.advanceSeconds(1);
  await jonas.page.getByRole('button', { name: 'Start chat' }).click();
  await jonas.expectMessage('Does the lamp come in blue?');
  await host.setStatus('Online');
  await expect(host.incoming('Jonas Olsen')).toContainText('Does the lamp come in blue?');
});

test('[HR2] nobody online: keep waiting or leave a message, which ends the wait', async ({ office }) => {
  await asSupervisor(office, () => settings({ whenNobodyOnline: 'leaveMessage' }));
  const { host } = office;
  const mei = await office.customer();
  await mei.start('Mei Chen', 'Is my order on its way?');
  const leave = mei.page.getByRole('button', { name: 'Leave a message' });
  await mei.page.getByRole('button', { name: 'Keep waiting' }).click();

  // Somebody comes and goes: the offer goes and comes.
  await host.setStatus('Online');
  await expect(leave).toHaveCount(0);
  await host.setStatus('Offline');
  await leave.click();
  await expect(mei.page.getByLabel('Your message')).toHaveValue('Is my order on its way?');
  await mei.leaveMessage({ contact: '555 0100' });
  await mei.expectThanks();
  const left = host.page.getByRole('article', { name: 'Left message from Mei Chen' });
  await expect(left).toContainText('Is my order on its way?');
  await expect(host.row('Waiting', 'Mei Chen')).toHaveCount(0);
});

test('[QU6] the longest wait, then a message with the words nobody answered', async ({ office }) => {
  await asSupervisor(office, () => settings({ maxWaitSeconds: 60, afterMaxWait: 'leaveMessage' }));
  const mei = await office.customer();
  await mei.start('Mei Chen', 'Is my order on its way?');
  await office.advanceSeconds(59);
  await mei.expectPlace('1st');
  await office.advanceSeconds(1);
  await expect(mei.page.getByText('We are sorry, nobody was free for you in time.')).toBeVisible();
  await expect(mei.page.getByLabel('Your message')).toHaveValue('Is my order on its way?');
  await mei.leaveMessage({ contact: 'mei@example.com' });
  await mei.expectThanks();
  await mei.page.reload();
  await mei.expectThanks();
  await expect(office.host.page.getByRole('article', { name: 'Left message from Mei Chen' })).toBeVisible();
  await mei.page.getByRole('button', { name: 'Start a new conversation' }).click();
  await mei.start('Mei Chen', 'Another thing');
});

test('[QU6] the longest wait, then the end, said as it was', async ({ office }) => {
  await asSupervisor(office, () => settings({ maxWaitSeconds: 60, afterMaxWait: 'end' }));
  const mei = await office.customer();
  await mei.start('Mei Chen', 'Is my order on its way?');
  await office.advanceSeconds(60);
  await expect(mei.page.getByText('Nobody was free for you in time, so the chat has ended.')).toBeVisible();
  await expect(mei.page.getByRole('button', { name: 'Leave a message' })).toHaveCount(0);
  await mei.page.getByRole('button', { name: 'Start a new conversation' }).click();
  await mei.start('Mei Chen', 'Still there?');
});

function settings(queue: object): CommandBody<AgentWire> {
  return { op: 'settings.update', settings: { queue } };
}

/** Open from `opensAt` to midnight of that day, in every week. */
function openFrom(opensAt: number): WorkingHours {
  const at = new Date(opensAt);
  const from = at.toISOString().slice(11, 16);
  return { timeZone: 'UTC', weekly: [{ day: at.getUTCDay() || 7, from, to: '24:00' }], holidays: [] };
}

/** On this machine, as the customer's browser on it says it. */
function wallTime(atMs: number): string {
  return new Intl.DateTimeFormat('en', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(atMs);
}

/** The supervisor does something on another device, which takes over for that long; then the desk is used again. */
async function asSupervisor(office: Office, command: (groupId: string) => CommandBody<AgentWire>): Promise<void> {
  let groupId = '';
  await new Promise<void>((resolve, reject) => {
    const connection = createConnection<AgentWire>({
      transport: createWebSocketTransport((url) => new WebSocket(url, { rejectUnauthorized: false })),
      clock: createRuntimeClock(),
      random: Math.random,
      storage: { read: () => null, write: () => {} },
      url: new URL('/ws', office.agentUrl).href.replace(/^http/, 'ws'),
      deviceId: 'another-device-of-the-supervisor',
      proto: 1,
      hello: () => ({ role: 'agent', auth: { kind: 'passphrase', passphrase }, deviceLabel: 'Phone' }),
      on: {
        link(link) {
          if (link.state === 'refused' || link.state === 'down') reject(new Error(link.reason));
        },
        welcome: () => {},
        event(event) {
          if (event.name === 'group.changed') groupId = event.group.groupId;
        },
        async caughtUp() {
          const answer = await connection.send(command(groupId)).answer;
          connection.stop();
          if (answer.ok) resolve();
          else reject(new Error(answer.message));
        },
      },
    });
    connection.start();
  });
  await office.host.page.reload();
  await expect(office.host.page.getByRole('button', { name: /^Your status:/ })).toBeVisible();
}
