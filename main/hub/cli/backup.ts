import { passphraseLengthMin, passphraseProblem } from '../../../shared/passphrase';
import { backupName, needsPassphrase } from '../store/backup-file';
import { restoreBackup } from '../store/restore-backup';
import type { FolderPorts } from '../store/writer-messages';
import { askRunningHub, runningHub } from './local-line';
import { UsageError } from './options';
import { askRestingHub } from './resting-hub';
import { askSecret } from './secret';

/** As given by the environment, or typed. */
export async function newBackupPassphrase(given: string | undefined): Promise<string> {
  const question = `Passphrase for the backup (${passphraseLengthMin} characters or more): `;
  const passphrase = given ?? (await askSecret(question));
  if (!passphrase)
    throw new UsageError(
      'Put a passphrase for the backup into FOYER_BACKUP_PASSPHRASE, or type --plain: then whoever has the file can read ' +
        'every conversation in it and pretend to be this office.',
    );
  const problem = passphraseProblem(passphrase);
  if (problem === 'passphraseTooShort')
    throw new UsageError(`The backup's passphrase needs at least ${passphraseLengthMin} characters.`);
  if (problem)
    throw new UsageError('That passphrase is one of those that are tried first: choose another for the backup.');
  if (given === undefined && (await askSecret('The same again: ')) !== passphrase)
    throw new UsageError('The two passphrases differ.');
  return passphrase;
}

/** Makes a backup of this folder, by the hub that runs on it if one does. Returns the file's name in `backups`. */
export async function backupFolder(folder: string, passphrase: string | null, ports: FolderPorts): Promise<string> {
  const running = await runningHub(folder);
  if (running) {
    const { fileName } = await askRunningHub(running, ({ send }) => send({ op: 'office.backup', passphrase }));
    return String(fileName);
  }
  return askRestingHub(folder, null, ports, async (_hub, store) => {
    const { fileName } = await store.backup(backupName(ports.clock.now()), passphrase);
    return fileName;
  });
}

/** Restores either kind of backup; asks for the passphrase if it has one. */
export async function restoreFolder(
  file: string,
  folder: string,
  given: string | undefined,
  nowMs: number,
): Promise<{ replaced: boolean }> {
  const passphrase = needsPassphrase(file) ? (given ?? (await askSecret('Passphrase of the backup: '))) : null;
  if (needsPassphrase(file) && !passphrase)
    throw new UsageError(
      `${file} was made with a passphrase: put it into FOYER_BACKUP_PASSPHRASE, and type the same again.`,
    );
  return restoreBackup(file, folder, nowMs, passphrase);
}
