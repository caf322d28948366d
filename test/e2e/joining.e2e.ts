import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright/test';
import { expect, test } from './office';
import { finishJoining, invite, letIn, placeField } from './pages/joining';

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });

test('a second desktop joins by a pasted link, is let in, and serves a customer; another hub there is a hard stop', async ({
  office,
}) => {
  const { host } = office;
  const invitation = await invite(office.host, 'Ana Silva');
  await button(host.page, 'Copy: Invitation link').click();
  await expect(invitation.getByText('Copied')).toBeVisible();
  await invitation.getByRole('button', { name: 'Close' }).last().click();

  const ana = await office.newDesk();
  await button(ana.page, 'Join a team').click();
  await ana.page.getByLabel(placeField).press('ControlOrMeta+v');
  await expect(ana.page.getByText('The link says where the hub is and who it is.')).toBeVisible();
  await expect(ana.page.getByLabel('One-time code')).toHaveCount(0);
  await button(ana.page, 'Connect').click();
  await expect(ana.page.getByText('Waiting to be let in')).toBeVisible();
  await letIn(office.host, 'Ana Silva', '127.0.0.1');
  await finishJoining(ana.page);

  await ana.setStatus('Online');
  const mei = await office.accepted(ana, 'Mei Chen', 'Hello');
  await ana.open('Mei Chen');
  await ana.reply('Mei Chen', 'Good morning');
  await mei.expectMessage('Good morning');

  await host.desktop.quit();
  await rm(join(host.folder, 'hub', 'hub-key.pem'));
  await office.startHostAgain();
  await expect(ana.page.getByText('This is not your hub')).toBeVisible();
});

test('a press on Back that outlasts the looking for hubs still goes back', async ({ office }) => {
  const { page } = await office.newDesk();
  await button(page, 'Join a team').click();
  const back = button(page, 'Back');
  await back.hover();
  await page.mouse.down();
  await expect(button(page, 'Look again')).toBeVisible();
  await page.mouse.up();
  await expect(button(page, 'Join a team')).toBeVisible();
});

test('by address and typed code; a wrong code is no proof, and declined is said', async ({ office }) => {
  const invitation = await invite(office.host, 'Ana Silva');
  const address = (await invitation.getByTestId('address').textContent()) ?? '';
  const code = (await invitation.getByTestId('code').textContent()) ?? '';
  await invitation.getByRole('button', { name: 'Close' }).last().click();

  const ana = await office.newDesk();
  const place = ana.page.getByLabel(placeField);
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
  await letIn(office.host, 'Ana Silva', '127.0.0.1');
  await finishJoining(ana.page);
});
