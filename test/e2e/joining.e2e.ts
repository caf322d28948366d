import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright/test';
import { expect, type Office, test } from './office';

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });

/** The dialog with a new agent's invitation, left open. */
async function invite({ host }: Office, name: string) {
  await host.openSettings('Agents');
  await button(host.page, 'Add agent').click();
  const dialog = host.page.getByRole('dialog');
  await dialog.getByLabel('Name', { exact: true }).fill(name);
  await dialog.getByRole('button', { name: 'Add', exact: true }).click();
  const invitation = host.page.getByRole('dialog', { name: `One-time code for ${name}` });
  await expect(invitation.getByRole('img', { name: 'The invitation link as a QR code' })).toBeVisible();
  return invitation;
}

async function letIn({ host }: Office, name: string) {
  const asks = host.page.getByRole('alert').filter({ hasText: `wants to join as ${name}.` });
  await expect(asks).toContainText('127.0.0.1');
  await asks.getByRole('button', { name: 'Let in' }).click();
  await expect(asks).toHaveCount(0);
}

async function finish(page: Page) {
  await button(page, 'Play the sound').click();
  await button(page, 'I hear it').click();
  await button(page, 'Open Foyer').click();
  await expect(button(page, /^Your status:/)).toBeVisible();
}

test('a second desktop joins by a pasted link, is let in, and serves a customer; another hub there is a hard stop', async ({
  office,
}) => {
  const { host } = office;
  const invitation = await invite(office, 'Ana Silva');
  await button(host.page, 'Copy: Invitation link').click();
  await expect(invitation.getByText('Copied')).toBeVisible();
  await invitation.getByRole('button', { name: 'Close' }).last().click();

  const ana = await office.newDesk();
  await button(ana.page, 'Join a team').click();
  await ana.page.getByLabel('Invitation link, or the hub’s address').press('ControlOrMeta+v');
  await expect(ana.page.getByText('The link says where the hub is and who it is.')).toBeVisible();
  await expect(ana.page.getByLabel('One-time code')).toHaveCount(0);
  await button(ana.page, 'Connect').click();
  await expect(ana.page.getByText('Waiting to be let in')).toBeVisible();
  await letIn(office, 'Ana Silva');
  await finish(ana.page);

  await ana.setStatus('Online');
  const mei = await office.customer();
  await mei.start('Mei Chen', 'Hello');
  await ana.accept('Mei Chen');
  await ana.open('Mei Chen');
  await ana.reply('Mei Chen', 'Good morning');
  await mei.expectMessage('Good morning');

  await host.desktop.quit();
  await rm(join(host.folder, 'hub', 'hub-key.pem'));
  await office.startHostAgain();
  await expect(ana.page.getByText('This is not your hub')).toBeVisible();
});

test('by address and typed code; a wrong code is no proof, and declined is said', async ({ office }) => {
  const invitation = await invite(office, 'Ana Silva');
  const address = (await invitation.getByTestId('address').textContent()) ?? '';
  const code = (await invitation.getByTestId('code').textContent()) ?? '';
  await invitation.getByRole('button', { name: 'Close' }).last().click();

  const ana = await office.newDesk();
  const place = ana.page.getByLabel('Invitation link, or the hub’s address');
  const typed = ana.page.getByLabel('One-time code');
  await button(ana.page, 'Join a team').click();
  // As a person on another machine: not by the name that means this one.
  await place.fill(`wss://${address}`);
  await typed.fill(code.slice(0, -1) + (code.endsWith('A') ? 'B' : 'A'));
  await button(ana.page, 'Connect').click();
  await expect(ana.page.getByText(/could not prove that they know this code/)).toBeVisible();
  await typed.fill(code.toLowerCase());
  await button(ana.page, 'Connect').click();
  await expect(ana.page.getByText('Waiting to be let in')).toBeVisible();
  await button(office.host.page, 'Decline').click();
  await expect(ana.page.getByText('A supervisor did not let this device in. Ask them why.')).toBeVisible();
  await button(ana.page, 'Connect').click();
  await letIn(office, 'Ana Silva');
  await finish(ana.page);
});
