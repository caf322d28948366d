import { expect, type Page } from 'playwright/test';
import { mimeTypeOf } from '../../support/files';

/** The customer's page as a customer uses it. */
export interface CustomerPage {
  page: Page;
  start(name: string, words?: string): Promise<void>;
  write(text: string): Promise<void>;
  /** Picks a file for the next message, and waits until it is on the hub. */
  attach(name: string, bytes: Buffer): Promise<void>;
  expectPlace(place: string): Promise<void>;
  expectMessage(text: string): Promise<void>;
  /** Fills in the form for a message and sends it; what is left out stays as it is. */
  leaveMessage(fields: { name?: string; contact?: string; text?: string }): Promise<void>;
  expectThanks(): Promise<void>;
  end(): Promise<void>;
}

export function customerPageOf(page: Page): CustomerPage {
  const log = page.getByRole('log', { name: 'Messages' });
  return {
    page,
    async start(name, words) {
      await page.getByLabel('Your name').fill(name);
      if (words !== undefined) await page.getByLabel(/^Your message/).fill(words);
      await page.getByRole('button', { name: 'Start chat' }).click();
      await expect(page.getByRole('textbox', { name: 'Write a message' })).toBeVisible();
    },
    async write(text) {
      const composer = page.getByRole('textbox', { name: 'Write a message' });
      await composer.fill(text);
      await composer.press('Enter');
      await expect(log.getByText(text)).toBeVisible();
    },
    async attach(name, buffer) {
      await page.locator('input[type=file]').setInputFiles({ name, mimeType: mimeTypeOf(name), buffer });
      await expect(page.locator('.files li[data-state=ready]').getByText(name)).toBeVisible();
    },
    async expectPlace(place) {
      await expect(page.getByText(place, { exact: true })).toBeVisible();
    },
    async expectMessage(text) {
      await expect(log.getByText(text)).toBeVisible();
    },
    async leaveMessage({ name, contact, text }) {
      if (name !== undefined) await page.getByLabel('Your name').fill(name);
      if (contact !== undefined) await page.getByLabel('How can we reach you?').fill(contact);
      if (text !== undefined) await page.getByLabel(/^Your message/).fill(text);
      await page.getByRole('button', { name: 'Leave a message' }).click();
    },
    async expectThanks() {
      await expect(page.getByRole('heading', { name: 'Thank you, we have your message.' })).toBeVisible();
    },
    async end() {
      await page.getByRole('button', { name: 'End chat' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'End chat' }).click();
    },
  };
}
