import { defaultLimits } from '../../main/hub/limits';
import { replayRecord } from '../../main/hub/state/hub-state';
import { startingState } from '../../main/hub/state/saved-state';
import { findIdentity } from '../../main/hub/store/data-folder';
import { nodeDisk } from '../../main/hub/store/disk';
import { readFolder } from '../../main/hub/store/read-folder';
import { verifyOnDisk } from '../../main/hub/store/verify-folder';
import { wholeConversation } from '../support/whole-conversation';

/** All messages of customers and agents in the data folder, and the folder's faults. */
export function readFolderMessages(folder: string): { texts: string[]; problems: string[] } {
  const identity = findIdentity(nodeDisk, folder);
  if (!identity) return { texts: [], problems: ['there is no hub.json'] };
  let state = startingState({ state: null, config: null }, defaultLimits);
  readFolder(nodeDisk, folder, identity.hubId, {
    base: (base) => {
      state = startingState(base, defaultLimits);
    },
    record: (record, _json, configSeq) => void replayRecord(state, record, configSeq),
  });
  const messages = [...state.threads.values()].flatMap((each) => wholeConversation(nodeDisk, folder, each));
  const texts = messages.flatMap((message) => (message.from.kind === 'system' ? [] : [message.text]));
  return { texts, problems: verifyOnDisk(nodeDisk, folder).problems };
}
