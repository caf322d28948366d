import type { Locator, Page } from 'playwright/test';
import { expect, test } from './office';

/** What goes wrong and right in a day of a reception, on real windows. */

const traceOf = (page: Page) => page.getByRole('dialog', { name: /^What happened/ }).getByRole('listitem');

test('a transfer with a note is accepted, the next one comes back, and the record tells it all', async ({ office }) => {
  const { host } = office;
  const ana = await office.join('Ana Silva');
  await host.openChats();
  await ana.setStatus('Online');
  const mei = await office.accepted(ana, 'Mei Chen', 'Hello');
  await host.setStatus('Online');

  await ana.open('Mei Chen');
  await ana.transfer('Li Wang', 'She asks for the manager');
  await expect(ana.page.getByText('Handing over to Li Wang. It stays yours until they accept.')).toBeVisible();
  await expect(host.incoming('Mei Chen')).toContainText('Ana Silva hands this over to you');
  await expect(host.incoming('Mei Chen')).toContainText('She asks for the manager');
  await host.accept('Mei Chen');
  await expect(ana.row('Mine', 'Mei Chen')).toHaveCount(0);
  await mei.expectMessage('Li Wang');

  await host.open('Mei Chen');
  await host.transfer('Ana Silva', 'Please finish it');
  await expect(ana.incoming('Mei Chen')).toBeVisible();
  await office.advanceSeconds(30);
  await expect(ana.incoming('Mei Chen')).toHaveCount(0);
  await host.expectNotice('Ana Silva did not');
  await host.reply('Mei Chen', 'I see to it myself');

  await host.page.getByRole('button', { name: 'What happened' }).click();
  await expect(traceOf(host.page).filter({ hasText: 'Li Wang wrote 1 message.' })).toBeVisible();
  const story = (await traceOf(host.page).allTextContents()).join('\n');
  const steps = [
    'Mei Chen arrived and waits in Reception.',
    'Rings at Ana Silva until they answer.Ana Silva, the only one who could take it. Of the others, 1 was offline.',
    'Ana Silva accepted it.',
    'Ana Silva hands it over to Li Wang. It rings there for 30 s.Note: She asks for the manager',
    'Li Wang accepted it from Ana Silva.',
    'Li Wang hands it over to Ana Silva. It rings there for 30 s.Note: Please finish it',
    'Ana Silva did not answer in time.',
    'It is back with Li Wang.',
    'Li Wang wrote 1 message.',
  ];
  const places = steps.map((step) => story.indexOf(step));
  expect([story, ...places]).not.toContain(-1);
  expect(places).toEqual([...places].sort((a, b) => a - b));
});

test("a group's own settings act: what nobody takes is marked, a colleague claims it, the other is told who has the next", async ({
  office,
}) => {
  const { host } = office;
  const ana = await office.join('Ana Silva');
  await host.openSettings('Routing and reception');
  await host.page.getByRole('combobox', { name: 'For:' }).click();
  await host.page.getByRole('option', { name: 'Reception' }).click();
  await host.page.getByRole('switch', { name: 'Redirect upon timeout' }).press('Space');
  await host.page.getByRole('textbox', { name: 'Redirect upon timeout: seconds' }).fill('10');
  await host.save();
  await host.page.getByRole('textbox', { name: 'Redirects before “Needs attention”' }).fill('1');
  const saved = host.page.getByRole('alert').filter({ hasText: 'Saved.' });
  expect(await rightOf(saved), 'what was saved is said beside the way to save more').toBeLessThanOrEqual(
    await leftOf(host.page.getByRole('button', { name: 'Save' })),
  );
  await host.save();
  await host.openChats();
  await host.setStatus('Online');
  await ana.setStatus('Online');

  const mei = await office.customer();
  await mei.start('Mei Chen', 'Hello');
  await office.advanceSeconds(10);
  await mei.expectMessage('You keep your place');
  await office.advanceSeconds(10);
  await expect(ana.row('Waiting', 'Mei Chen')).toContainText('Needs attention · nobody took it');
  await host.expectNotice('Mei Chen needs attention: nobody has answered.');
  await ana.page.getByRole('button', { name: 'Claim Mei Chen' }).click();
  await mei.expectMessage('Ana Silva joined');
  await expect(host.row('With colleagues', 'Mei Chen')).toContainText('with Ana Silva');

  // Two hands on one conversation: the supervisor takes what rings at Ana.
  await host.setStatus('Busy');
  const jonas = await office.customer();
  await jonas.start('Jonas Olsen', 'Hello');
  await expect(ana.incoming('Jonas Olsen')).toBeVisible();
  await host.row('Waiting', 'Jonas Olsen').click();
  await host.page.getByRole('button', { name: 'Claim', exact: true }).click();
  await jonas.expectMessage('Li Wang joined');
  await expect(ana.incoming('Jonas Olsen')).toHaveCount(0);
  await ana.expectNotice('Li Wang took Jonas Olsen.');
});

test('wrapping up uses a slot until it is done; a silent customer is asked, then let go', async ({ office }) => {
  const { host } = office;
  const ana = await office.join('Ana Silva', { capacity: 1 });
  await host.openSettings('Routing and reception');
  await host.page.getByRole('textbox', { name: 'Time for wrapping up' }).fill('120');
  await host.page.getByRole('textbox', { name: 'Silence of the customer' }).fill('60');
  await host.save();
  await ana.setStatus('Online');
  await (await office.customer()).start('Mei Chen', 'Hello');
  await ana.accept('Mei Chen');
  await ana.open('Mei Chen');
  await ana.reply('Mei Chen', 'Good morning');
  await ana.close();

  const wrapUp = ana.page.getByRole('region', { name: 'Wrapping up: Mei Chen' });
  await expect(wrapUp).toContainText('uses a slot for 2:00');
  await expect(ana.section('Mine')).toContainText('1 wrapping up · 1 of 1');
  const jonas = await office.customer();
  await jonas.start('Jonas Olsen', 'Hello');
  await jonas.expectPlace('You are next');
  await expect(ana.incoming('Jonas Olsen')).toHaveCount(0);
  await wrapUp.getByRole('button', { name: 'Done' }).click();
  await ana.accept('Jonas Olsen');

  await ana.open('Jonas Olsen');
  await ana.reply('Jonas Olsen', 'Which lamp is it?');
  await jonas.expectMessage('Which lamp is it?');
  await office.advanceSeconds(60);
  await jonas.expectMessage('Are you still there?');
  await ana.expectNotice('Jonas Olsen has not answered for a while.');
  await office.advanceSeconds(60);
  await expect(ana.page.getByText('This conversation has ended.')).toBeVisible();
  await expect(ana.page.getByRole('region', { name: 'Wrapping up: Jonas Olsen' })).toBeVisible();
});

test('an agent who vanishes loses nothing for the customer; hours set in the app close the group', async ({
  office,
}) => {
  const { host } = office;
  const ana = await office.join('Ana Silva');
  await host.openChats();
  await ana.setStatus('Online');
  const mei = await office.accepted(ana, 'Mei Chen', 'Hello');
  await expect(host.row('With colleagues', 'Mei Chen')).toBeVisible();
  await host.setStatus('Online');
  await ana.desktop.quit();

  // Within the grace it stays Ana's; afterwards it rings at an agent who is connected.
  await office.advanceSeconds(59);
  await expect(host.incoming('Mei Chen')).toHaveCount(0);
  await office.advanceSeconds(1);
  await host.expectNotice('Ana Silva lost the connection. 1 conversation is back in the queue: Mei Chen.');
  await host.accept('Mei Chen');
  await mei.expectMessage('Li Wang joined');

  await host.openSettings('Hours and holidays');
  await host.page.getByRole('switch', { name: 'Always open' }).press('Space');
  for (const day of ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'])
    await host.page.getByRole('button', { name: `Remove 09:00 to 17:00 on ${day}` }).click();
  await host.save();
  await host.page.getByRole('combobox', { name: 'For:' }).click();
  await host.page.getByRole('option', { name: 'Reception' }).click();
  await expect(host.page.getByText('Closed, and it never opens by these hours.')).toBeVisible();
  // Open conversations go on; new customers read that the office is closed.
  await mei.write('Still here');
  const jonas = await office.customer();
  await expect(jonas.page.getByText(/closed at the moment/)).toBeVisible();
});

async function leftOf(part: Locator): Promise<number> {
  return (await part.boundingBox())!.x;
}

async function rightOf(part: Locator): Promise<number> {
  const { x, width } = (await part.boundingBox())!;
  return x + width;
}
