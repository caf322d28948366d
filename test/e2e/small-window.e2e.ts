import { sizes } from '../gallery/visitor';
import { expect, test } from './office';

/** In the smallest window, with the keyboard alone, and as a screen reader has it. */
test('a day in the smallest window without a mouse, and what a screen reader says', async ({ office }) => {
  const { page, expectStatus, incoming, row } = office.host;
  await page.setViewportSize(sizes['900']);
  const { keyboard } = page;
  const focused = (role: 'textbox' | 'button' | 'complementary', name: string) =>
    expect(page.getByRole(role, { name })).toBeFocused();
  const choose = async (words: string) => {
    await keyboard.press('ControlOrMeta+k');
    await expect(page.getByRole('dialog').getByRole('combobox')).toBeFocused();
    await keyboard.type(words);
    await keyboard.press('Enter');
  };
  const go = async (
    key: string,
    role: 'button' | 'switch' | 'textbox' | 'radio' | 'menuitem',
    name: string | RegExp,
  ) => {
    const wanted = page.getByRole(role, { name });
    for (let steps = 0; steps < 60; steps += 1) {
      if (await wanted.evaluate((element) => element === document.activeElement)) return;
      await keyboard.press(key);
    }
    throw new Error(`${key} does not reach ${name}`);
  };

  // The rules of the day.
  await choose('Settings: Routing');
  await expect(page.getByRole('heading', { level: 1, name: 'Routing and reception' })).toBeVisible();
  for (const rule of ['Redirect upon timeout', 'Short break after timeout']) {
    await go('Tab', 'switch', rule);
    await keyboard.press('Space');
  }
  await go('Tab', 'button', 'Save');
  await keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Save' })).toHaveCount(0);
  await choose('Chats');
  await go('F6', 'button', /^Your status/);
  await keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'Online' }).waitFor();
  await go('ArrowDown', 'menuitem', 'Online');
  await keyboard.press('Enter');
  await expectStatus('Online');

  // One rings.
  const mei = await office.customer();
  await mei.start('Mei Chen', 'The lamp flickers');
  await expect(incoming('Mei Chen')).toMatchAriaSnapshot(`
    - 'article "Incoming: Mei Chen"':
      - text: /Mei Chen Reception · waiting \\d+:\\d+/
      - timer /\\d+ seconds left/
      - paragraph: “The lamp flickers”
      - text: You, the only one who can take it now.
      - button "Accept": Accept Ctrl ↵
      - button "Decline"
  `);
  await keyboard.press('ControlOrMeta+Enter');
  await focused('textbox', 'Reply to Mei Chen');
  await keyboard.type('Which lamp is it?');
  await keyboard.press('Enter');
  await mei.expectMessage('Which lamp is it?');

  // A note, and who the customer is.
  await keyboard.press('ControlOrMeta+Shift+m');
  await focused('textbox', 'Note about Mei Chen');
  await keyboard.type('Flickers on the phone as well.');
  await keyboard.press('Enter');
  await expect(page.getByText('Flickers on the phone as well.')).toBeVisible();
  await keyboard.press('ControlOrMeta+Shift+m');
  await go('F6', 'button', 'About Mei Chen');
  await keyboard.press('Enter');
  await focused('complementary', 'Customer');
  await expect(page.getByRole('complementary', { name: 'Customer' })).toContainText('Here since');
  await keyboard.press('Escape');
  await focused('button', 'About Mei Chen');

  // Another one is answered; the first writes meanwhile.
  const jonas = await office.customer();
  await jonas.start('Jonas Olsen', 'Hello');
  await expect(incoming('Jonas Olsen')).toBeVisible();
  await keyboard.press('ControlOrMeta+Enter');
  await focused('textbox', 'Reply to Jonas Olsen');
  await mei.write('The blue one');
  await expect(page.getByRole('status').filter({ hasText: 'has written' })).toMatchAriaSnapshot(`
    - status: /Mei Chen has written. The blue one/
  `);
  await keyboard.press('Alt+ArrowDown');
  await focused('textbox', 'Reply to Mei Chen');

  // Handed over to the group, with a word.
  await keyboard.press('ControlOrMeta+Shift+h');
  await expect(page.getByRole('dialog', { name: 'Hand Mei Chen over' })).toBeVisible();
  await go('Tab', 'radio', /^Reception/);
  await keyboard.press('Space');
  await go('Tab', 'textbox', 'Note for your colleague');
  await keyboard.type('She is in a hurry');
  await go('Tab', 'button', /^Hand over/);
  await keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(row('Mine', 'Mei Chen')).toHaveCount(0);

  // The other one ends.
  await choose('Jonas');
  await focused('textbox', 'Reply to Jonas Olsen');
  await keyboard.type('Good morning');
  await keyboard.press('Enter');
  await jonas.expectMessage('Good morning');
  await keyboard.press('ControlOrMeta+Shift+x');
  await expect(row('Mine', 'Jonas Olsen')).toHaveCount(0);

  // Missed: a short break, and back.
  await office.advanceSeconds(11);
  await expect(incoming('Mei Chen')).toBeVisible();
  await office.advanceSeconds(31);
  await expectStatus('Short break');
  await expect(page.getByRole('alert').filter({ hasText: 'Missed' })).toMatchAriaSnapshot(`
    - alert:
      - text: /Missed. Mei Chen 0.30\\. You are on a short break\\. Nothing rings until you are back\\./
      - button "I'm back"
  `);
  await go('F6', 'button', "I'm back");
  await keyboard.press('Enter');
  await expectStatus('Online');
});
