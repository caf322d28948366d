import { join } from 'node:path';
import type { Page } from 'playwright/test';
import { expect, type Office, type StaffedDesk, test } from '../e2e/office';

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
