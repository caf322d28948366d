import { expect, type Locator, type Page } from 'playwright/test';
import type { Desk } from './desk';

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });

export const placeField = 'Invitation link, or the hub’s address';

/** The supervisor adds an agent; the dialog with the invitation stays open. */
export async function invite(host: Desk, name: string): Promise<Locator> {
  await host.openSettings('Agents');
  await button(host.page, 'Add agent').click();
  const dialog = host.page.getByRole('dialog');
  await dialog.getByLabel('Name', { exact: true }).fill(name);
  await dialog.getByRole('button', { name: 'Add', exact: true }).click();
  const invitation = host.page.getByRole('dialog', { name: `One-time code for ${name}` });
  await expect(invitation.getByRole('img', { name: 'The invitation link as a QR code' })).toBeVisible();
  return invitation;
}

export async function letIn(host: Desk, name: string, address: string): Promise<void> {
  const asks = host.page.getByRole('alert').filter({ hasText: `wants to join as ${name}.` });
  await expect(asks).toContainText(address);
  await asks.getByRole('button', { name: 'Let in' }).click();
  await expect(asks).toHaveCount(0);
}

/** The sound test and the last step, once the hub has let this desktop in. */
export async function finishJoining(page: Page): Promise<void> {
  await button(page, 'Play the sound').click();
  await button(page, 'I hear it').click();
  await button(page, 'Open Foyer').click();
  await expect(button(page, /^Your status:/)).toBeVisible();
}
