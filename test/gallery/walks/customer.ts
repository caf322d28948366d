import { expect, type Office, type StaffedDesk } from '../../e2e/office';
import type { Visitor } from '../visitor';

/** The customer's page from the form to the end. */
export async function walkCustomer(office: Office, visitor: Visitor): Promise<void> {
  const { host } = office;
  await askAll(host);
  await host.openChats();
  for (const language of visitor.languages) {
    const chinese = language === 'zh';
    const { page } = await office.customer();
    const show = (name: string) => visitor.page(page, `customer-${name}`, language);
    await page.setViewportSize({ width: 420, height: 700 });
    if (chinese) await page.getByText('中文').click();
    await show('form');
    const name = chinese ? '王芳' : 'Jonas Olsen';
    const inputs = page.getByRole('textbox');
    await inputs.first().fill(name);
    await inputs.nth(1).fill('555 0100');
    await inputs.last().fill(chinese ? '你好,台灯还有别的颜色吗?' : 'Does the desk lamp come in other colours?');
    await page.getByRole('button', { name: chinese ? '开始咨询' : 'Start chat' }).click();
    await expect(page.getByRole('log')).toBeVisible();
    await show('queue');
    await host.setStatus('Online');
    await host.accept(name);
    await host.open(name);
    await host.reply(name, chinese ? '有的:白色、蓝色和墨绿色。' : 'It does: white, blue and dark green.');
    await expect(page.getByRole('log').getByText(/dark green|墨绿色/)).toBeVisible();
    await show('chat');
    await host.close();
    await host.setStatus('Offline');
    await expect(page.getByRole('textbox')).toHaveCount(0);
    await show('ended');
  }
  await longWait(office, visitor);
}

/** Three are served at once, and after them one waits for longer than usual. */
async function longWait(office: Office, visitor: Visitor): Promise<void> {
  const { host } = office;
  await host.setStatus('Online');
  for (const name of ['Ada', 'Bo', 'Cem']) await office.accepted(host, name, 'Hello');
  const { page, start } = await office.customer();
  await page.setViewportSize({ width: 420, height: 700 });
  await start('Noor', 'Is the lamp in stock?');
  await office.advanceSeconds(90);
  await expect(page.getByText('It is taking longer than usual.')).toBeVisible();
  await visitor.page(page, 'customer-longer', 'en');
}

/** All that customers can be asked. */
async function askAll({ openSettings, page }: StaffedDesk): Promise<void> {
  await openSettings('Customer’s page');
  await page.getByRole('combobox', { name: 'How to reach them' }).click();
  await page.getByRole('option', { name: 'Ask, may stay empty' }).click();
  await page.getByRole('button', { name: 'Save' }).click();
}
