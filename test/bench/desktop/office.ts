import { deskOf } from '../../e2e/pages/desk';
import { launchDesktop } from '../../support/electron';

/** Sets up a hub in a desktop's folder by the first run, then quits the desktop. */
export async function newOffice(folder: string): Promise<void> {
  const desktop = await launchDesktop({ folder });
  await deskOf(desktop.page).setUpHub({ name: 'Bench', supervisor: 'Sam', passphrase: 'a passphrase for the bench' });
  await desktop.quit();
}
