import { join } from 'node:path';
import { expect, type Office } from '../../e2e/office';
import { launchDesktop } from '../../support/electron';
import { spoilJournal } from '../../support/spoil-journal';
import type { Visitor } from '../visitor';

/** Left messages, then damaged data. */
export async function walkTrouble(office: Office, visitor: Visitor): Promise<void> {
  const { host } = office;
  await host.page.setViewportSize({ width: 1440, height: 900 });
  await host.openSettings('Routing and reception');
  await host.page.getByRole('textbox', { name: 'Longest wait' }).fill('60');
  await host.save();
  await host.openChats();
  for (const [name, text] of [
    ['Mei Chen', 'The invoice from last week shows the old address.'],
    ['王芳', '请问订单什么时候发货?'],
  ] as const) {
    const customer = await office.customer();
    await customer.start(name, text);
    await office.advanceSeconds(60);
    await customer.page.getByRole('button', { name: 'Leave a message' }).first().click();
    await visitor.page(customer.page, 'customer-leave', 'en');
    await customer.leaveMessage({ contact: '555 0100' });
    await expect(host.page.getByRole('article', { name: `Left message from ${name}` })).toBeVisible();
  }
  await visitor.desk(host.page, 'left-messages');

  await host.desktop.kill();
  spoilJournal(join(host.folder, 'hub'), 'old address');
  const { page, quit } = await launchDesktop({ folder: host.folder });
  try {
    for (const language of visitor.languages) {
      await page.getByText(language === 'en' ? 'English' : '中文', { exact: true }).click();
      await visitor.page(page, 'recovery', language);
    }
  } finally {
    await quit();
  }
}
