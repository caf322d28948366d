import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '../office';
import { invite, letIn } from '../pages/joining';

/** The machine of the hub, in a network namespace of its own: see `lan.e2e.ts`. */
test('the hub’s machine', async ({ office }) => {
  const folder = process.env.FOYER_LAN_FOLDER ?? '';
  const { host } = office;
  const invitation = await invite(host, 'Ana Silva');
  const code = await invitation.getByTestId('code').textContent();
  const address = await invitation.getByTestId('address').textContent();
  await host.page.getByRole('button', { name: 'Copy: Invitation link' }).click();
  const link = await host.desktop.app.evaluate(({ clipboard }) => clipboard.readText());
  await writeFile(join(folder, 'invitation.json'), JSON.stringify({ code, address, link }), { flag: 'wx' });
  await invitation.getByRole('button', { name: 'Close' }).last().click();
  await letIn(host, 'Ana Silva', '10.77.0.2');
  const mei = await office.customer();
  await mei.start('Mei Chen', 'Hello');
  await mei.expectMessage('Good morning');
  await expect(mei.page.getByText('Ana Silva joined')).toBeVisible();
});
