import { join } from 'node:path';
import type { Page } from 'playwright/test';
import { expect, type Office, type StaffedDesk, test } from '../e2e/office';
import { spoilJournal } from '../support/spoil-journal';

const languages = ['en', 'zh'] as const;
const themes = ['light', 'dark'] as const;

/** Every screen of one office in the middle of a morning, light and dark, English and Chinese. */
test('draws every screen', async ({ office }) => {
  const { host } = office;
  const ana = await office.join('Ana Silva', { capacity: 5 });
  await host.turnOn('Redirect upon timeout');
  await host.turnOn('Short break after timeout');
  await ana.setStatus('Online');
  await busyMorning(office, ana);

  await inEachLook(ana, (look) => draw(ana.page, `agent-${look}`));
  await host.openSettings('Routing and reception');
  await host.page.getByRole('heading', { name: 'First come, first served' }).scrollIntoViewIfNeeded();
  await inEachLook(host, (look) => draw(host.page, `settings-${look}`));
  await host.openSettings('Skill groups');
  await inEachLook(host, (look) => draw(host.page, `groups-${look}`));
  await host.openSettings('Agents');
  await inEachLook(host, (look) => draw(host.page, `agents-${look}`));
  await host.openSettings('Office and links');
  await inEachLook(host, (look) => draw(host.page, `office-${look}`));
  await host.page.getByRole('navigation', { name: 'Pages' }).getByRole('button', { name: 'Team' }).click();
  await inEachLook(host, (look) => draw(host.page, `team-${look}`));

  await office.advanceSeconds(31);
  await expect(ana.page.getByRole('button', { name: "I'm back" })).toBeVisible();
  await inEachLook(ana, (look) => draw(ana.page, `break-${look}`));
  await host.desktop.quit();
  await expect(ana.page.getByText(/kept here and sent when the link is back/)).toBeVisible();
  await inEachLook(ana, (look) => draw(ana.page, `offline-${look}`));
});

test('draws what a supervisor sees and sets beside the six settings', async ({ office }) => {
  const { host } = office;
  const ana = await office.join('Ana Silva', { capacity: 5 });
  for (const desk of [host, ana]) await desk.page.setViewportSize({ width: 1440, height: 900 });
  await ownSettings(host);
  await host.openChats();
  await troubledMorning(office, ana);

  await host.row('With colleagues', 'Jonas Olsen').click();
  const trace = () => host.page.getByRole('button', { name: /^(What happened|会话经过)$/ }).click();
  await inEachLook(host, async (look) => {
    await draw(host.page, `supervisor-${look}`);
    await trace();
    await expect(host.page.getByRole('dialog').getByRole('listitem').first()).toBeVisible();
    await draw(host.page, `trace-${look}`);
    await host.page.keyboard.press('Escape');
    await expect(host.page.getByRole('dialog')).toHaveCount(0);
  });

  await host.openSettings('Hours and holidays');
  await host.page.getByRole('switch', { name: 'Always open' }).press('Space');
  await host.page.getByRole('button', { name: 'Add a period on Monday' }).click();
  await host.page.getByRole('button', { name: 'Copy to Mon–Fri: Monday' }).click();
  await host.page.getByRole('textbox', { name: 'Friday: to' }).last().fill('12:00');
  await host.page.getByRole('button', { name: 'Add a holiday' }).click();
  await host.page.getByLabel('Date').fill('2026-12-25');
  await host.page.getByLabel('Name of the holiday').fill('Christmas Day');
  await inEachLook(host, (look) => draw(host.page, `hours-${look}`));
  await host.page.getByRole('button', { name: 'Discard' }).click();
  await host.openSettings('Routing and reception');
  await host.page.getByRole('heading', { name: 'Finer points' }).scrollIntoViewIfNeeded();
  await inEachLook(host, (look) => draw(host.page, `group-settings-${look}`));
  const texts = host.page.getByRole('textbox', { name: 'When the customer is silent' });
  await inEachLook(host, async (look) => {
    if (look.endsWith('en')) await texts.scrollIntoViewIfNeeded();
    await draw(host.page, `customer-texts-${look}`);
  });
});

test('draws the first run', async ({ office }) => {
  const { launchDesktop, makeDesktopFolder } = await import('../support/electron');
  const { folder, remove } = await makeDesktopFolder();
  const desktop = await launchDesktop({ folder });
  for (const theme of themes) {
    await desktop.page.emulateMedia({ colorScheme: theme });
    await draw(desktop.page, `first-run-${theme}-en`);
  }
  await desktop.page.getByText('中文').click();
  for (const theme of themes) {
    await desktop.page.emulateMedia({ colorScheme: theme });
    await draw(desktop.page, `first-run-${theme}-zh`);
  }
  await desktop.quit();
  await remove();
  expect(office.customerUrl).toContain('/chat');
});

test('draws left messages, and what a person sees when the data is damaged', async ({ office }) => {
  const { host } = office;
  await host.page.setViewportSize({ width: 1440, height: 900 });
  await host.openSettings('Routing and reception');
  await host.page.getByRole('textbox', { name: 'Longest wait' }).fill('60');
  await host.save();
  await host.openChats();
  for (const [name, words] of [
    ['Mei Chen', 'The invoice from last week shows the old address.'],
    ['王芳', '请问订单什么时候发货?'],
  ] as const) {
    const customer = await office.customer();
    await customer.start(name, words);
    await office.advanceSeconds(60);
    await customer.page.getByRole('button', { name: 'Leave a message' }).first().click();
    await customer.leaveMessage({ contact: '555 0100' });
    await expect(host.page.getByRole('article', { name: `Left message from ${name}` })).toBeVisible();
  }
  await inEachLook(host, (look) => draw(host.page, `left-messages-${look}`));

  await host.desktop.kill();
  spoilJournal(join(host.folder, 'hub'), 'old address');
  const { launchDesktop } = await import('../support/electron');
  const { page, quit } = await launchDesktop({ folder: host.folder });
  for (const language of languages) {
    await page.getByText(language === 'en' ? 'English' : '中文', { exact: true }).click();
    for (const colorScheme of themes) {
      await page.emulateMedia({ colorScheme });
      await draw(page, `recovery-${colorScheme}-${language}`);
    }
  }
  await quit();
});

test('draws the customer page', async ({ office }) => {
  await office.host.openChats();
  for (const language of languages) {
    for (const theme of themes) await drawCustomer(office, theme, language);
  }
});

async function drawCustomer(office: Office, theme: (typeof themes)[number], language: (typeof languages)[number]) {
  const { page } = await office.customer();
  await page.setViewportSize({ width: 420, height: 700 });
  await page.emulateMedia({ colorScheme: theme });
  if (language === 'zh') await page.getByText('中文').click();
  const look = `${theme}-${language}`;
  await draw(page, `customer-form-${look}`);
  const name = language === 'zh' ? '王芳' : 'Jonas Olsen';
  const inputs = page.getByRole('textbox');
  await inputs.first().fill(name);
  await inputs
    .last()
    .fill(language === 'zh' ? '你好,台灯还有别的颜色吗?' : 'Does the desk lamp come in other colours?');
  await page.getByRole('button', { name: language === 'zh' ? '开始咨询' : 'Start chat' }).click();
  await expect(page.getByRole('log')).toBeVisible();
  await draw(page, `customer-queue-${look}`);
  const { host } = office;
  await host.setStatus('Online');
  await host.accept(name);
  await host.open(name);
  await host.reply(name, language === 'zh' ? '有的:白色、蓝色和墨绿色。' : 'It does: white, blue and dark green.');
  await expect(page.getByRole('log').getByText(/dark green|墨绿色/)).toBeVisible();
  await draw(page, `customer-chat-${look}`);
  await host.close();
  await host.setStatus('Offline');
  await expect(page.getByRole('textbox')).toHaveCount(0);
  await draw(page, `customer-ended-${look}`);
}

async function busyMorning(office: Office, ana: StaffedDesk): Promise<void> {
  await ana.page.setViewportSize({ width: 1440, height: 900 });
  await office.host.page.setViewportSize({ width: 1440, height: 900 });
  const jonas = await office.customer();
  await jonas.start('Jonas Olsen', 'Hello! I saw the desk lamp on your page, does it come in other colours?');
  await ana.accept('Jonas Olsen');
  await ana.open('Jonas Olsen');
  await ana.reply('Jonas Olsen', 'Hi Jonas, it does: white, blue and dark green. Which one would you like?');
  const wang = await office.customer();
  await wang.start('王芳', '请问订单什么时候发货?');
  await ana.accept('王芳');
  await ana.open('王芳');
  await ana.reply('王芳', '今天下午发货。');
  await wang.write('好的,我等一下再看');
  await ana.open('Jonas Olsen');
  await office.advanceSeconds(48);
  await jonas.write('Yes, the blue one. Is it in stock?');
  await jonas.write('And could I pick it up today?');
  await (await office.customer()).start(
    'Mei Chen',
    'Hi, the invoice from last week shows the old address, can you change it?',
  );
  await expect(ana.incoming('Mei Chen')).toBeVisible();
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

/** One served and handed back, one wrapped up, one that nobody took. */
async function troubledMorning(office: Office, ana: StaffedDesk): Promise<void> {
  const { host } = office;
  await host.setStatus('Online');
  const wang = await office.customer();
  await wang.start('王芳', '请问订单什么时候发货?');
  await host.accept('王芳');
  await host.open('王芳');
  await host.reply('王芳', '今天下午发货。');
  await ana.setStatus('Online');
  const jonas = await office.customer();
  await jonas.start('Jonas Olsen', 'Hello! Does the desk lamp come in other colours?');
  await ana.accept('Jonas Olsen');
  await ana.open('Jonas Olsen');
  await ana.reply('Jonas Olsen', 'It does: white, blue and dark green.');
  await jonas.write('Can I have it today?');
  await jonas.write('I am nearby.');
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
  await host.close();
  await expect(host.page.getByRole('region', { name: 'Wrapping up: 王芳' })).toBeVisible();
}

async function inEachLook(desk: StaffedDesk, then: (look: string) => Promise<void>): Promise<void> {
  for (const language of languages) {
    for (const theme of themes) {
      await setLook(desk.page, theme, language);
      await then(`${theme}-${language}`);
    }
  }
  await setLook(desk.page, 'light', 'en');
}

async function setLook(page: Page, theme: 'light' | 'dark', language: 'en' | 'zh'): Promise<void> {
  await page.emulateMedia({ colorScheme: theme });
  await page.getByRole('button', { name: /^(You|您)[:：]/ }).click();
  await page.getByText(language === 'en' ? 'English' : '中文', { exact: true }).click();
  await page.keyboard.press('Escape');
}

async function draw(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(__dirname, `${name}.png`), animations: 'disabled' });
}
