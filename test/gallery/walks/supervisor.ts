import { expect, type Office, type StaffedDesk } from '../../e2e/office';
import { type Visitor, words } from '../visitor';
import { screensOf } from './screens-of';

/** What a supervisor sees and sets: the conversations of all, every settings page, and what these ask. */
export async function walkSupervisor(office: Office, visitor: Visitor): Promise<void> {
  const { host } = office;
  const { page } = host;
  const ana = await office.join('Ana Silva', { capacity: 5 });
  await page.setViewportSize({ width: 1440, height: 900 });
  await ownSettings(host);
  await ownLabels(host);
  await host.openChats();
  await troubledMorning(office, ana);

  const button = (name: RegExp | string) => page.getByRole('button', { name });
  const look = screensOf(page, office, visitor);
  await host.row('With colleagues', 'Jonas Olsen').click();
  await look('supervisor');
  await look('trace', async () => {
    await button(/^(What happened|会话经过)$/).click();
    await expect(page.getByRole('dialog').getByRole('listitem').first()).toBeVisible();
  });
  await look('erase', () => button(words('erase.open')).click());
  await look('block', () => button(words('block.open')).click());

  await host.openSettings('Routing and reception');
  await page.getByRole('heading', { name: 'First come, first served' }).scrollIntoViewIfNeeded();
  await look('settings');
  await page.getByRole('heading', { name: 'Finer points' }).scrollIntoViewIfNeeded();
  await look('group-settings');
  await page.getByRole('textbox', { name: 'When the customer is silent' }).scrollIntoViewIfNeeded();
  await look('customer-texts');
  await host.openSettings('Hours and holidays');
  await someHours(host);
  await look('hours');
  await button('Discard').click();
  await host.openSettings('Canned replies');
  await look('canned');
  await look('canned-form', () => button(words('canned.add')).click());
  await host.openSettings('Tags and wrap-up codes');
  await look('labels');
  await host.openSettings('Skill groups');
  await look('groups');
  await host.openSettings('Agents');
  await look('agents');
  await look('agent-actions', () => button(words('agents.actions')).last().click());
  await look('agent-form', () => button(words('agents.add')).click());
  await host.openSettings('Assistants');
  await anAssistant(host);
  await look('assistants');
  await look('assistant-form', () => button(words('assistants.add')).click());
  await look('assistant-token', async () => {
    await button(words('agents.actions')).click();
    await page.getByRole('menuitem', { name: words('assistants.makeToken') }).click();
  });
  await host.openSettings('Customer’s page');
  await look('customer-page');
  await host.openSettings('Words and look');
  await look('chat-page');
  await host.openSettings('Widget');
  await look('widget');
  await host.openSettings('API');
  await look('api-token-form', () => button(words('api.add')).click());
  await aToken(host);
  await look('api');
  await host.openSettings('Webhooks');
  await aWebhook(host);
  await look('webhooks');
  await look('webhook-form', () => button(words('webhooks.add')).click());
  await look('webhook-attempts', async () => {
    await button(words('agents.actions')).click();
    await page.getByRole('menuitem', { name: words('webhooks.attempts') }).click();
    await expect(page.getByRole('dialog').getByRole('row').nth(1)).toBeVisible();
  });
  await host.openSettings('Office and links');
  await look('office');
  await host.openSettings('Your access');
  await look('access');
  await host.openSettings('Audit log');
  await expect(page.getByRole('row').nth(3)).toBeVisible();
  await look('audit');
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('button', { name: 'Team' }).click();
  await look('team');
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('button', { name: 'History' }).click();
  await page.getByRole('listbox').getByRole('option').first().click();
  await expect(page.getByRole('log')).toBeVisible();
  await look('history');
  await page.getByLabel('Search past conversations').fill('it');
  await page
    .getByRole('listbox')
    .getByRole('option', { name: /Jonas Olsen/ })
    .click();
  await expect(page.getByRole('button', { name: 'Next hit' })).toBeVisible();
  await look('history-hits');
  await shutOut(host);
  await look('blocks');
  await host.openChats();
  await expect(page.getByRole('heading', { name: 'Erased' })).toBeVisible();
  await look('erased');
}

/** One customer is blocked, and another erased while their conversation is open. */
async function shutOut(host: StaffedDesk): Promise<void> {
  const { page } = host;
  await host.openChats();
  await host.row('Waiting', 'Mei Chen').click();
  await page.getByRole('button', { name: words('block.open') }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(words('block.note')).fill('Sends the same advertisement again and again.');
  await dialog.getByRole('button', { name: 'Block', exact: true }).click();
  await expect(dialog).toHaveCount(0);
  await host.row('With colleagues', 'Jonas Olsen').click();
  await page.getByRole('button', { name: words('erase.open') }).click();
  await page.getByRole('button', { name: 'Erase for ever' }).click();
  await expect(page.getByRole('heading', { name: 'Erased' })).toBeVisible();
  await host.openSettings('Blocked customers');
}

/** Redirect is on for one group only, with a short time, a wrap-up and words of its own. */
async function ownSettings(host: StaffedDesk): Promise<void> {
  await host.openSettings('Routing and reception');
  await host.page.getByRole('combobox', { name: 'For:' }).click();
  await host.page.getByRole('option', { name: 'Reception' }).click();
  await host.page.getByRole('switch', { name: 'Redirect upon timeout' }).press('Space');
  await host.page.getByRole('textbox', { name: 'Redirect upon timeout: seconds' }).fill('20');
  await host.page.getByRole('textbox', { name: 'Redirects before “Needs attention”' }).fill('1');
  await host.page.getByRole('textbox', { name: 'Time for wrapping up' }).fill('120');
  await host.page.getByRole('textbox', { name: 'At a redirect' }).fill('One moment, a colleague will be with you.');
  await host.save();
}

/** Words for what conversations are about, and for how they ended. */
async function ownLabels({ openSettings, page }: StaffedDesk): Promise<void> {
  await openSettings('Tags and wrap-up codes');
  for (const [field, words] of [
    ['Tags', ['Invoice', '发票', 'Delivery', 'Returns']],
    ['Wrap-up codes', ['Solved', 'Passed on', 'Spam']],
  ] as const) {
    await page.getByRole('combobox', { name: field }).focus();
    for (const each of words) {
      await page.keyboard.type(each);
      await page.keyboard.press('Enter');
    }
    await page.getByRole('button', { name: 'Save' }).and(page.locator(':enabled')).click();
    await expect(page.getByRole('button', { name: 'Save' }).and(page.locator(':enabled'))).toHaveCount(0);
  }
}

/** One served and returned, one wrapped up, one missed. */
async function troubledMorning(office: Office, ana: StaffedDesk): Promise<void> {
  const { host } = office;
  await host.setStatus('Online');
  await office.accepted(host, '王芳', '请问订单什么时候发货?');
  await host.open('王芳');
  await host.reply('王芳', '今天下午发货。');
  await ana.setStatus('Online');
  const jonas = await office.accepted(ana, 'Jonas Olsen', 'Hello! Does the desk lamp come in other colours?');
  await ana.open('Jonas Olsen');
  await ana.reply('Jonas Olsen', 'It does: white, blue and dark green.');
  await jonas.write('Can I have it today?');
  await jonas.write('I am nearby.');
  await ana.note('Jonas Olsen', 'Collects by car, wants it before five.');
  await ana.transfer('Li Wang', 'Is the blue one in stock? You have the list.');
  await expect(host.incoming('Jonas Olsen')).toBeVisible();
  await office.advanceSeconds(20);
  await expect(host.incoming('Jonas Olsen')).toHaveCount(0);
  const mei = await office.customer();
  await mei.start('Mei Chen', 'The invoice from last week shows the old address.');
  await office.advanceSeconds(20);
  await expect(mei.page.getByText('One moment, a colleague will be with you.').first()).toBeVisible();
  await office.advanceSeconds(20);
  await expect(host.row('Waiting', 'Mei Chen')).toContainText('Needs attention');
  await host.open('王芳');
  await host.tag('发票');
  await host.close('Solved');
  await expect(host.page.getByRole('region', { name: 'Wrapping up: 王芳' })).toBeVisible();
}

/** A program that writes into conversations. */
async function aToken({ page }: StaffedDesk): Promise<void> {
  await page.getByRole('button', { name: 'Make a token' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Nordlys shop');
  for (const may of ['Open, tag, hand over and end conversations', 'Write messages and notes'])
    await dialog.getByRole('checkbox', { name: may }).check();
  await dialog.getByRole('button', { name: 'Make the token' }).click();
  await page.getByRole('dialog', { name: 'Token of' }).getByRole('button', { name: 'Close' }).last().click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
}

/** A program that speaks first in the group of all. */
async function anAssistant({ page }: StaffedDesk): Promise<void> {
  await page.getByRole('button', { name: 'Add an assistant' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Nordlys helper');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toHaveCount(0);
}

/** One that nobody answers, tried once. */
async function aWebhook({ page }: StaffedDesk): Promise<void> {
  await page.getByRole('button', { name: 'Add a webhook' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Address' }).fill('http://127.0.0.1:9/hooks/foyer');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  await expect(dialog).toHaveCount(0);
  await page.getByRole('button', { name: 'Actions for 127.0.0.1:9' }).click();
  await page.getByRole('menuitem', { name: 'Last attempts' }).click();
  await dialog.getByRole('button', { name: 'Send a test' }).click();
  await expect(dialog.getByText('No connection')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
}

async function someHours({ page }: StaffedDesk): Promise<void> {
  await page.getByRole('switch', { name: 'As the office' }).press('Space');
  await page.getByRole('button', { name: 'Add a period on Monday' }).click();
  await page.getByRole('button', { name: 'Copy to Mon–Fri: Monday' }).click();
  await page.getByRole('textbox', { name: 'Friday: to' }).last().fill('12:00');
  await page.getByRole('button', { name: 'Add a holiday' }).click();
  await page.getByLabel('Date').fill('2026-12-25');
  await page.getByLabel('Name of the holiday').fill('Christmas Day');
}
