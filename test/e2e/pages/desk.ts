import { expect, type Locator, type Page } from 'playwright/test';
import { undoMs } from '../../../renderer/workstation/session/closings';
import type { Language } from '../../../shared/protocol/fields';
import { mimeTypeOf } from '../../support/files';

type Section = 'Incoming' | 'Mine' | 'Waiting' | 'With colleagues';

/** The workstation as its person uses it, by the names they read. */
export interface Desk {
  page: Page;
  /** First run, "Set up the hub here", up to its addresses. */
  startHub(office: { name: string; supervisor: string; passphrase: string }): Promise<void>;
  /** The same, and into the workstation. */
  setUpHub(office: { name: string; supervisor: string; passphrase: string }): Promise<void>;
  /** First run, "Join a team". */
  join(address: string, code: string): Promise<void>;
  setStatus(status: 'Online' | 'Busy' | 'Short break' | 'Offline'): Promise<void>;
  expectStatus(status: string): Promise<void>;
  incoming(customer: string): Locator;
  accept(customer: string): Promise<void>;
  section(name: Section): Locator;
  row(section: Exclude<Section, 'Incoming'>, customer: string): Locator;
  open(customer: string): Promise<void>;
  reply(customer: string, text: string): Promise<void>;
  /** Leaves a note for colleagues on what is open, and goes back to the reply. */
  note(customer: string, text: string): Promise<void>;
  /** Picks a file for the reply, and waits until it is on the hub. */
  attach(name: string, bytes: Buffer): Promise<void>;
  /** With how it ended, where the office has words for that. */
  /** And lets the moment pass in which it can be taken back. */
  close(wrapUpCode?: string): Promise<void>;
  /** Says what the open conversation is about. */
  tag(word: string): Promise<void>;
  openSettings(
    page:
      | 'Routing and reception'
      | 'Hours and holidays'
      | 'Canned replies'
      | 'Tags and wrap-up codes'
      | 'Your access'
      | 'Skill groups'
      | 'Agents'
      | 'Customer’s page'
      | 'Blocked customers'
      | 'Office and links'
      | 'Assistants'
      | 'API'
      | 'Widget'
      | 'Webhooks'
      | 'Words and look'
      | 'Audit log',
  ): Promise<void>;
  /** On the settings page: saves what is changed. */
  save(): Promise<void>;
  /** Hands over what is open, to a colleague or a group. */
  transfer(to: string, note: string): Promise<void>;
  expectNotice(text: string): Promise<void>;
  /** Chooses the language, whichever it is in. */
  speak(language: Language): Promise<void>;
  openChats(): Promise<void>;
  /** On the settings page: turns a switch on and saves. */
  turnOn(setting: string): Promise<void>;
  /** The switches beside the status, which act at once. */
  flipInTopBar(setting: string): Promise<void>;
  /** Returns a one-time code for the new agent. */
  addAgent(name: string, options?: { capacity?: number; priority?: number }): Promise<string>;
  /** Returns the token of a new assistant in this skill group. */
  addAssistant(name: string, group: string): Promise<string>;
}

export function deskOf(page: Page): Desk {
  const section: Desk['section'] = (name) => page.getByRole('region', { name, exact: true });
  const row: Desk['row'] = (name, customer) => section(name).getByRole('button', { name: new RegExp(`^${customer},`) });
  const incoming = (customer: string) => page.getByRole('article', { name: `Incoming: ${customer}` });
  const button = (name: string | RegExp) => page.getByRole('button', { name });

  const soundTest = async () => {
    await button('Play the sound').click();
    await button('I hear it').click();
  };
  const openFoyer = async () => {
    await button('Open Foyer').click();
    await expect(button(/^Your status:/)).toBeVisible();
  };
  const startHub: Desk['startHub'] = async ({ name, supervisor, passphrase }) => {
    await button('Set up the hub here').click();
    await page.getByLabel('Office name').fill(name);
    await page.getByLabel('Your name').fill(supervisor);
    await page.getByRole('textbox', { name: 'Supervisor passphrase' }).fill(passphrase);
    await page.getByRole('textbox', { name: 'The passphrase again' }).fill(passphrase);
    await button('Continue').click();
    await soundTest();
    await button('Set up and start').click();
    await expect(button('Open Foyer')).toBeVisible();
  };
  const openSettings: Desk['openSettings'] = async (name) => {
    await page.getByRole('navigation', { name: 'Pages' }).getByRole('button', { name: 'Settings' }).click();
    await page.getByRole('navigation', { name: 'Settings pages' }).getByRole('button', { name }).click();
  };

  const save = async () => {
    await button('Save').click();
    await expect(button('Save')).toHaveCount(0);
  };

  return {
    page,
    save,
    async transfer(to, note) {
      await button('Transfer').click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('radio', { name: new RegExp(to) }).click();
      await dialog.getByLabel('Note for your colleague').fill(note);
      await dialog.getByRole('button', { name: /^Hand over/ }).click();
      await expect(dialog).toHaveCount(0);
    },
    async expectNotice(text) {
      await expect(page.getByRole('alert').filter({ hasText: text })).toBeVisible();
    },
    async speak(language) {
      await button(/^(You|您)[:：]/).click();
      const languages = page.getByRole('radiogroup', { name: /^(Language|语言)$/ });
      await languages.getByText(language === 'en' ? 'English' : '中文', { exact: true }).click();
      await page.keyboard.press('Escape');
    },
    section,
    row,
    incoming,
    openSettings,
    startHub,
    async setUpHub(hub) {
      await startHub(hub);
      await openFoyer();
    },
    async join(address, code) {
      await button('Join a team').click();
      await page.getByLabel('Invitation link, or the hub’s address').fill(address);
      await page.getByLabel('One-time code').fill(code);
      await button('Connect').click();
      await soundTest();
      await openFoyer();
    },
    async setStatus(status) {
      await button(/^Your status:/).click();
      await page.getByRole('menuitem', { name: status }).click();
      await expect(button(new RegExp(`^Your status: ${status}`))).toBeVisible();
    },
    async expectStatus(status) {
      await expect(button(new RegExp(`^Your status: ${status}`))).toBeVisible();
    },
    async accept(customer) {
      await incoming(customer)
        .getByRole('button', { name: /^Accept/ })
        .click();
      await expect(incoming(customer)).toHaveCount(0);
    },
    async open(customer) {
      await row('Mine', customer).click();
    },
    async reply(customer, text) {
      const composer = page.getByRole('textbox', { name: `Reply to ${customer}` });
      await composer.fill(text);
      await composer.press('Enter');
      await expect(page.getByRole('log', { name: 'Messages' }).getByText(text)).toBeVisible();
    },
    async note(customer, text) {
      await page.getByRole('button', { name: 'Note', exact: true }).click();
      const composer = page.getByRole('textbox', { name: `Note about ${customer}` });
      await composer.fill(text);
      await composer.press('Enter');
      await expect(page.getByRole('log', { name: 'Messages' }).getByText(text)).toBeVisible();
      await page.getByRole('button', { name: 'Reply', exact: true }).click();
    },
    async attach(name, buffer) {
      await page.locator('input[type=file]').setInputFiles({ name, mimeType: mimeTypeOf(name), buffer });
      await expect(page.locator('li[data-state=ready]').getByText(name)).toBeVisible();
    },
    async close(wrapUpCode) {
      await page.clock.install();
      await button('Close the conversation').click();
      if (wrapUpCode !== undefined) {
        await page.getByRole('combobox', { name: 'How it ended' }).click();
        await page.getByRole('option', { name: wrapUpCode }).click();
        await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
      }
      await expect(button('Keep the conversation open')).toBeVisible();
      await page.clock.fastForward(undoMs);
    },
    async tag(word) {
      await page.getByRole('combobox', { name: 'Tags' }).click();
      await page.getByRole('option', { name: word }).click();
      await page.keyboard.press('Escape');
    },
    async openChats() {
      await page
        .getByRole('navigation', { name: 'Pages' })
        .getByRole('button', { name: /^Chats/ })
        .click();
    },
    async turnOn(setting) {
      await openSettings('Routing and reception');
      // By keyboard: the input itself lies under the drawn switch.
      await page.getByRole('switch', { name: setting }).press('Space');
      await save();
    },
    async flipInTopBar(setting) {
      await button(/^Reception switches in effect/).click();
      await page.getByRole('switch', { name: setting }).press('Space');
      await page.keyboard.press('Escape');
    },
    async addAgent(name, options = {}) {
      await openSettings('Agents');
      await button('Add agent').click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Name', { exact: true }).fill(name);
      if (options.capacity !== undefined) await dialog.getByLabel('Capacity').fill(String(options.capacity));
      if (options.priority !== undefined) await dialog.getByLabel(/^Priority in/).fill(String(options.priority));
      await dialog.getByRole('button', { name: 'Add', exact: true }).click();
      const codeDialog = page.getByRole('dialog', { name: `One-time code for ${name}` });
      const code = (await codeDialog.getByTestId('code').textContent()) ?? '';
      await codeDialog.getByRole('button', { name: 'Close' }).last().click();
      return code;
    },
    async addAssistant(name, group) {
      await openSettings('Assistants');
      await button('Add an assistant').click();
      const form = page.getByRole('dialog', { name: 'Add an assistant' });
      await form.getByRole('combobox', { name: 'Skill groups' }).press('ArrowDown');
      await page.getByRole('option', { name: group }).click();
      // The list closes when the focus goes elsewhere.
      await form.getByRole('textbox', { name: 'Name' }).fill(name);
      await form.getByRole('button', { name: 'Save' }).click();
      await button(`Actions for ${name}`).click();
      await page.getByRole('menuitem', { name: 'New token' }).click();
      await page.getByRole('dialog', { name }).getByRole('button', { name: 'New token' }).click();
      const shown = page.getByRole('dialog', { name: `Token of ${name}` });
      const token = (await shown.getByTestId('address').textContent()) ?? '';
      await shown.getByRole('button', { name: 'Close' }).last().click();
      return token;
    },
  };
}
