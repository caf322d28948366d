import { expect, type Office } from '../../e2e/office';
import { type Visitor, words } from '../visitor';

/** The cards over all windows while the workstation is hidden, and the end of what came by one. */
export async function walkCards(office: Office, visitor: Visitor): Promise<void> {
  const { host } = office;
  const { app } = host.desktop;
  await host.openChats();
  await host.setStatus('Online');
  const sight = (act: 'close' | 'show') =>
    app.evaluate(({ BrowserWindow }, name) => {
      BrowserWindow.getAllWindows()
        .find((each) => each.webContents.getURL().endsWith('/index.html'))
        ?.[name]();
    }, act);
  for (const language of visitor.languages) {
    await host.speak(language);
    await sight('close');
    const customer = await office.customer();
    const name = language === 'zh' ? '王芳' : 'Mei Chen';
    await customer.start(name, language === 'zh' ? '请问订单什么时候发货?' : 'The lamp flickers when I dim it.');
    const cards = () => app.windows().find((page) => page.url().endsWith('/cards.html'));
    await expect
      .poll(() =>
        cards()
          ?.getByRole('article', { name: new RegExp(name) })
          .isVisible(),
      )
      .toBe(true);
    const page = cards();
    if (page) await visitor.page(page, 'card-window', language, host.page);
    await sight('show');
    await host.speak('en');
    await host.accept(name);
    await host.open(name);
    await host.reply(name, language === 'zh' ? '今天下午发货。' : 'I send you another one.');
    await host.speak(language);
    const button = (key: Parameters<typeof words>[0]) => host.page.getByRole('button', { name: words(key) });
    await button('conversation.closeLabel').click();
    await expect(button('conversation.keepOpen')).toBeVisible();
    await visitor.page(host.page, 'closing', language);
    await host.speak('en');
    await expect(host.row('Mine', name)).toHaveCount(0);
  }
}
