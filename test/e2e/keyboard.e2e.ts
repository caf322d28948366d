import { expect, test } from './office';

/** Nothing here is clicked at the desk: only the keyboard and what has the focus. */
test('a whole conversation without a mouse', async ({ office }) => {
  const { page, expectStatus, incoming, row } = office.host;
  const { keyboard } = page;
  const focused = (role: 'textbox' | 'button' | 'radio' | 'combobox', name: string | RegExp) =>
    expect(page.getByRole(role, { name })).toBeFocused();
  const choose = async (words: string) => {
    await keyboard.press('ControlOrMeta+k');
    await focused('combobox', /./);
    await keyboard.type(words);
    await keyboard.press('Enter');
  };
  const tabTo = async (role: 'button' | 'textbox', name: string | RegExp) => {
    const wanted = page.getByRole(role, { name });
    for (let steps = 0; steps < 40; steps += 1) {
      if (await wanted.evaluate((element) => element === document.activeElement)) return;
      await keyboard.press('Tab');
    }
    throw new Error(`Tab does not reach ${name}`);
  };

  await choose('Settings: Canned');
  await expect(page.getByRole('heading', { level: 1, name: 'Canned replies' })).toBeVisible();
  await tabTo('button', 'Add canned reply');
  await keyboard.press('Enter');
  await focused('textbox', 'Shortcut');
  await keyboard.type('thanks');
  await keyboard.press('Tab');
  await keyboard.type('You are welcome, {customer}.');
  await tabTo('button', 'Save');
  await keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Edit /thanks' })).toBeVisible();
  await expect(page.getByRole('dialog')).toHaveCount(0);

  await choose('Your status: Online');
  await expectStatus('Online');
  const mei = await office.customer();
  await mei.start('Mei Chen', 'The lamp flickers');
  await expect(incoming('Mei Chen')).toBeVisible();
  await keyboard.press('ControlOrMeta+Enter');
  await focused('textbox', 'Reply to Mei Chen');
  await keyboard.type('Good morning');
  await keyboard.press('Shift+Enter');
  await keyboard.type('Which lamp is it?');
  await keyboard.press('Enter');
  await mei.expectMessage('Which lamp is it?');
  await mei.write('The blue one, thank you');
  await keyboard.type('/tha');
  await expect(page.getByRole('option', { name: /thanks/ })).toBeVisible();
  await keyboard.press('Enter');
  await keyboard.press('Enter');
  await mei.expectMessage('You are welcome, Mei Chen.');

  await keyboard.type('Bye ');
  await choose('Insert an emoji');
  await expect(page.getByRole('searchbox', { name: 'Find an emoji' })).toBeFocused();
  await keyboard.type('waving hand');
  // The search catches up with the typing, and Enter takes what it has found by then.
  const hand = page.getByRole('gridcell', { name: 'waving hand', exact: true });
  await expect(hand).toHaveAttribute('aria-selected', 'true');
  await keyboard.press('Enter');
  await focused('textbox', 'Reply to Mei Chen');
  await keyboard.press('Enter');
  await mei.expectMessage('Bye 👋');

  await keyboard.press('ControlOrMeta+Shift+h');
  await expect(page.getByRole('dialog', { name: 'Hand Mei Chen over' })).toBeVisible();
  await keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);

  const wang = await office.customer();
  await wang.start('王芳', '请问订单什么时候发货?');
  await expect(incoming('王芳')).toBeVisible();
  await keyboard.press('ControlOrMeta+Enter');
  await expect(row('Mine', '王芳')).toBeVisible();
  await focused('textbox', 'Reply to Mei Chen');
  await expect(row('Mine', 'Mei Chen')).toHaveAttribute('aria-current', 'true');

  await keyboard.press('ControlOrMeta+Shift+x');
  await expect(row('Mine', 'Mei Chen')).toHaveCount(0);
  await expect(mei.page.getByText('Li Wang ended the chat.')).toBeVisible();
  await keyboard.press('F6');
  await keyboard.press('F6');
  await keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
  await keyboard.press('Escape');
  await choose('王');
  await focused('textbox', 'Reply to 王芳');
});
