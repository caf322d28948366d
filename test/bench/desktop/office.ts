import { deskOf } from '../../e2e/pages/desk';
import { launchDesktop } from '../../support/electron';

/** Sets a hub up in a desktop's folder, by its own first run, and ends the desktop. */
export async function newOffice(folder: string): Promise<void> {
  const desktop = await launchDesktop({ folder });
  await deskOf(desktop.page).setUpHub({ name: 'Bench', supervisor: 'Sam', passphrase: 'a passphrase for the bench' });
  await desktop.quit();
}
