import { refuseWeak } from '../entrance/set-up';
import type { FolderPorts } from '../store/writer-messages';
import { askRunningHub, runningHub } from './local-line';
import { askRestingHub } from './resting-hub';

/** Resets a lost passphrase, by the hub that runs on this folder or in the folder itself: its OS user owns the hub. */
export async function resetPassphrase(
  folder: string,
  passphrase: string,
  name: string | undefined,
  ports: FolderPorts,
): Promise<void> {
  refuseWeak(passphrase);
  const running = await runningHub(folder);
  if (running)
    return void (await askRunningHub(running, ({ send }) =>
      send({ op: 'passphrase.change', new: passphrase, ...(name === undefined ? {} : { name }) }),
    ));
  await askRestingHub(folder, null, ports, async (hub) => {
    const refusal = await hub.entrance.passphrases.reset(passphrase, name);
    await hub.outbox.durable(hub.state.seq);
    if (refusal) throw new Error(refusal.message);
  });
}
