import { WebSocket } from 'ws';
import { readAnswers } from '../../examples/assistant/answers';
import known from '../../examples/assistant/answers.json' with { type: 'json' };
import { startAssistant } from '../../examples/assistant/assistant';
import { expect, test } from './office';

/** Each of the six settings, turned on by a supervisor in the app and seen to act on real windows. */

test('first come, first served: who wrote first is served first, the other is told the place', async ({ office }) => {
  const ana = await office.join('Ana Silva', { capacity: 1 });
  const mei = await office.customer();
  await mei.start('Mei Chen', 'The invoice shows the old address');
  const jonas = await office.customer();
  await jonas.start('Jonas Olsen', 'Does the lamp come in blue?');
  await mei.expectPlace('1st');
  await jonas.expectPlace('2nd');

  await ana.openChats();
  await ana.setStatus('Online');
  await expect(ana.incoming('Mei Chen')).toContainText('The invoice shows the old address');
  await expect(ana.incoming('Jonas Olsen')).toHaveCount(0);
  await ana.accept('Mei Chen');
  await mei.expectMessage('Ana Silva joined');
  await ana.open('Mei Chen');
  await ana.reply('Mei Chen', 'I will correct it at once.');
  await mei.expectMessage('I will correct it at once.');

  // Served and closed: now, and not before, it is Jonas's turn.
  await expect(ana.incoming('Jonas Olsen')).toHaveCount(0);
  await ana.close();
  await expect(ana.incoming('Jonas Olsen')).toBeVisible();
});

test('agent priority: the better number gets both, though the other has more room', async ({ office }) => {
  const { host } = office;
  const ana = await office.join('Ana Silva', { capacity: 3, priority: 2 });
  await host.turnOn('By agent priority within the skill group');
  await host.openChats();
  await host.setStatus('Online');
  await ana.setStatus('Online');

  for (const name of ['Mei Chen', 'Jonas Olsen']) {
    await (await office.customer()).start(name, 'Hello');
    await host.accept(name);
    await expect(ana.incoming(name)).toHaveCount(0);
  }
  await expect(host.row('Mine', 'Mei Chen')).toBeVisible();
  await expect(host.row('Mine', 'Jonas Olsen')).toBeVisible();
});

test('last receptionist: back to the agent who served the customer, though the other is idle', async ({ office }) => {
  const { host } = office;
  const ana = await office.join('Ana Silva', { capacity: 3 });
  await host.turnOn('Last receptionist first');
  await host.openChats();
  await ana.setStatus('Online');

  const mei = await office.accepted(ana, 'Mei Chen', 'Hello');
  await ana.open('Mei Chen');
  await ana.reply('Mei Chen', 'Good morning');
  await mei.expectMessage('Good morning');
  await mei.end();
  await office.accepted(ana, 'Jonas Olsen', 'Hello');

  // The host is idle and would be first by load; Mei comes back and gets Ana all the same.
  await host.setStatus('Online');
  await mei.page.getByRole('button', { name: 'Start a new conversation' }).click();
  await mei.start('Mei Chen', 'One more thing');
  await expect(ana.incoming('Mei Chen')).toContainText('You, because you served Mei Chen last.');
  await expect(host.incoming('Mei Chen')).toHaveCount(0);
});

test('automatic reception, flipped in the top bar: a conversation starts on the desk without accepting', async ({
  office,
}) => {
  const { host } = office;
  const ana = await office.join('Ana Silva');
  await ana.setStatus('Online');
  await host.flipInTopBar('Automatic reception');
  await expect(ana.page.getByRole('button', { name: 'Reception switches in effect' })).toContainText('Automatic');

  const mei = await office.customer();
  await mei.start('Mei Chen', 'Hello');
  await expect(ana.row('Mine', 'Mei Chen')).toBeVisible();
  await mei.expectMessage('Ana Silva joined');
  await expect(ana.incoming('Mei Chen')).toHaveCount(0);
  await ana.open('Mei Chen');
  await ana.reply('Mei Chen', 'Good morning');
  await mei.expectMessage('Good morning');
});

test('redirect upon timeout: what nobody accepts moves on to a colleague', async ({ office }) => {
  const { host } = office;
  const ana = await office.join('Ana Silva');
  await host.turnOn('Redirect upon timeout');
  await host.openChats();
  await ana.setStatus('Online');

  const mei = await office.customer();
  await mei.start('Mei Chen', 'Hello');
  await expect(ana.incoming('Mei Chen')).toBeVisible();
  await host.setStatus('Online');
  await office.advanceSeconds(29);
  await expect(ana.incoming('Mei Chen')).toBeVisible();
  await expect(host.incoming('Mei Chen')).toHaveCount(0);
  await office.advanceSeconds(1);
  await expect(host.incoming('Mei Chen')).toBeVisible();
  await expect(ana.incoming('Mei Chen')).toHaveCount(0);
  await mei.expectMessage('You keep your place');
  await host.accept('Mei Chen');
  await mei.expectMessage('Li Wang joined');
});

test('short break: who leaves a conversation unattended gets a break, and comes back by one click', async ({
  office,
}) => {
  const { host } = office;
  const ana = await office.join('Ana Silva');
  await host.turnOn('Short break after timeout');
  await ana.setStatus('Online');

  await (await office.customer()).start('Mei Chen', 'Hello');
  await expect(ana.incoming('Mei Chen')).toBeVisible();
  await office.advanceSeconds(30);
  await ana.expectStatus('Short break');
  await expect(ana.page.getByText('Missed: Mei Chen 0:30. You are on a short break.')).toBeVisible();
  await expect(ana.incoming('Mei Chen')).toHaveCount(0);
  await ana.page.getByRole('button', { name: "I'm back" }).click();
  await ana.expectStatus('Online');
});

test('after an assistant: the switch to a person begins the wait, the ringing and the redirect', async ({ office }) => {
  const { host, agentUrl } = office;
  const ana = await office.join('Ana Silva');
  await host.turnOn('Redirect upon timeout');
  const token = await host.addAssistant('Nordlys helper', 'Reception');
  const assistant = startAssistant({
    url: agentUrl,
    token,
    answers: readAnswers(JSON.stringify(known)),
    openSocket: (url) => new WebSocket(url),
    say: () => undefined,
  });
  await expect.poll(() => assistant.link.state).toBe('up');
  await host.openChats();
  await ana.setStatus('Online');

  const mei = await office.customer();
  await mei.start('Mei Chen', 'What are your opening hours?');
  await mei.expectMessage('We are open Monday to Friday');
  await office.advanceSeconds(60);
  await expect(ana.incoming('Mei Chen')).toHaveCount(0);
  await mei.page.getByRole('button', { name: 'Talk to a person' }).click();
  await expect(ana.incoming('Mei Chen')).toContainText('The customer asked for a person.');
  await host.setStatus('Online');
  await office.advanceSeconds(29);
  await expect(ana.incoming('Mei Chen')).toBeVisible();
  await office.advanceSeconds(1);
  await expect(host.incoming('Mei Chen')).toContainText('The customer asked for a person.');
  await expect(ana.incoming('Mei Chen')).toHaveCount(0);
  await host.accept('Mei Chen');
  await host.open('Mei Chen');
  await expect(host.page.getByRole('log', { name: 'Messages' })).toContainText('We are open Monday to Friday');

  // What the assistant does not know it hands over, with what was asked as a note.
  const jonas = await office.customer();
  await jonas.start('Jonas Olsen', 'My lamp is broken');
  await expect(ana.incoming('Jonas Olsen')).toContainText('Asked: My lamp is broken');
  assistant.stop();
});
