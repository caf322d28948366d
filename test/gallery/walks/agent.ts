import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type Office, type StaffedDesk } from '../../e2e/office';
import type { CustomerPage } from '../../e2e/pages/customer-page';
import { rootFolder } from '../../support/electron';
import { type Visitor, words } from '../visitor';
import { screensOf } from './screens-of';

/** A morning at an agent's desk, what can be opened there, a missed one, and the end of the hub. */
export async function walkAgent(office: Office, visitor: Visitor): Promise<void> {
  const { host } = office;
  await shareReply(host);
  const ana = await office.join('Ana Silva', { capacity: 5 });
  await ana.page.setViewportSize({ width: 1440, height: 900 });
  await visitor.desk(ana.page, 'empty');
  await host.turnOn('Redirect upon timeout');
  await host.turnOn('Short break after timeout');
  await ana.setStatus('Online');
  const jonas = await busyMorning(office, ana);

  const look = screensOf(ana.page, office, visitor);
  await look('agent');
  await jonas.page.getByRole('button', { name: 'Show the picture “my-desk.png”' }).click();
  await visitor.page(jonas.page, 'customer-picture', 'en');
  await jonas.page.keyboard.press('Escape');
  const button = (name: RegExp) => ana.page.getByRole('button', { name });
  await look('status', () => button(words('status.label')).click());
  await look('reception', () => button(words('reception.open')).click());
  await look('alerts', () => button(words('alerts.on')).click());
  await look('link', () => button(words('link.label')).click());
  await look('me', () => button(words('me.menu')).click());
  await look('decline', () => button(words('incoming.decline')).click());
  await look('transfer', () => button(words('conversation.transfer')).click());
  await look('palette', () => ana.page.keyboard.press('ControlOrMeta+k'));
  await look('keys', async () => {
    await button(words('me.menu')).click();
    await button(words('keys.title')).click();
  });
  await look('machine', async () => {
    await button(words('me.menu')).click();
    await button(words('machine.title')).click();
    await expect(ana.page.getByText(/Foyer \d/)).toBeVisible();
  });
  await look('emoji', async () => {
    await button(words('emoji.pick')).click();
    await expect(ana.page.getByRole('gridcell').first()).toBeVisible();
  });
  await look('canned-list', () => button(words('canned.ask')).click());
  const note = ana.page.getByRole('textbox', { name: words('note.label') });
  await look('mention', async () => {
    await button(words('composer.note')).click();
    await note.fill('');
    await note.fill('Is the blue one in your car, @');
    await expect(ana.page.getByRole('option').first()).toBeVisible();
  });
  await note.fill('');
  await button(words('composer.reply')).click();
  await look('profile-form', () => button(words('profile.addContact')).click());
  await look('typing', async () => {
    await jonas.page.getByRole('textbox').pressSequentially('I');
    await expect(ana.page.getByText(words('list.typing')).first()).toBeVisible();
  });

  await office.advanceSeconds(31);
  await expect(ana.page.getByRole('button', { name: "I'm back" })).toBeVisible();
  await visitor.desk(ana.page, 'break');
  await ana.page.getByRole('textbox', { name: 'Reply to Jonas Olsen' }).fill('Yes, until seven. Ask at the');
  await jonas.end();
  await expect(ana.page.getByText('Not sent', { exact: true })).toBeVisible();
  await visitor.desk(ana.page, 'unsent');
  await ana.open('王芳');
  await host.desktop.quit();
  await expect(ana.page.getByText(/kept here and sent when the link is back/)).toBeVisible();
  await visitor.desk(ana.page, 'offline');
}

async function shareReply({ page, openSettings }: StaffedDesk): Promise<void> {
  await openSettings('Canned replies');
  await page.getByRole('button', { name: 'Add canned reply' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Shortcut').fill('thanks');
  await dialog.getByLabel('Text', { exact: true }).fill('You are welcome, {customer}. Have a good day!');
  await dialog.getByRole('radio', { name: 'Everybody' }).press('Space');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toHaveCount(0);
}

/** Returns the customer whose conversation is open. */
async function busyMorning(office: Office, ana: StaffedDesk): Promise<CustomerPage> {
  const jonas = await office.accepted(
    ana,
    'Jonas Olsen',
    'Hello! I saw the desk lamp on your page, does it come in other colours?',
  );
  await ana.open('Jonas Olsen');
  await ana.reply('Jonas Olsen', 'Hi Jonas, it does: white, blue and dark green. Which one would you like?');
  const wang = await office.accepted(ana, '王芳', '请问订单什么时候发货?');
  await ana.open('王芳');
  await ana.reply('王芳', '今天下午发货。');
  await wang.write('好的,我等一下再看');
  await ana.open('Jonas Olsen');
  await office.advanceSeconds(48);
  await jonas.attach('my-desk.png', await readFile(join(rootFolder, 'main/desktop/assets/icon.png')));
  await jonas.write('Yes, the blue one. Is it in stock?');
  await jonas.write('And could I pick it up today?');
  await (await office.customer()).start(
    'Mei Chen',
    'Hi, the invoice from last week shows the old address, can you change it?',
  );
  await expect(ana.incoming('Mei Chen')).toBeVisible();
  return jonas;
}
