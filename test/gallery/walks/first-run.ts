import { expect, type Office, passphrase } from '../../e2e/office';
import { deskOf } from '../../e2e/pages/desk';
import { type Visitor, words } from '../visitor';

/** A desktop on which nothing has been chosen yet, through its three doors. */
export async function walkFirstRun(office: Office, visitor: Visitor): Promise<void> {
  const { page } = await office.newDesk();
  await expect(page.getByRole('button', { name: words('first.join') })).toBeVisible();
  for (const language of visitor.languages) {
    if (language === 'zh') await page.getByText('中文').click();
    const button = (name: Parameters<typeof words>[0]) => page.getByRole('button', { name: words(name) });
    await visitor.page(page, 'first-run', language);
    await button('first.join').click();
    await visitor.page(page, 'first-run-join', language);
    await button('common.back').click();
    await button('first.host').click();
    await visitor.page(page, 'first-run-host', language);
    await button('common.back').click();
    await button('first.sample').click();
    await visitor.page(page, 'first-run-sample', language);
    await button('common.back').click();
    await expect(button('first.sample')).toBeVisible();
  }
  await page.getByText('English').click();
  const desk = deskOf(page);
  await desk.startHub({ name: 'Nordlys Lighting', supervisor: 'Li Wang', passphrase });
  for (const language of visitor.languages) {
    await page.getByText(language === 'en' ? 'English' : '中文').click();
    await visitor.page(page, 'first-run-ready', language);
  }
}
