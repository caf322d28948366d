import type { Damage } from '../../shared/damage';

/** Why a hub cannot start, in words for the person who starts it. */
export class HubStartError extends Error {
  constructor(
    readonly code:
      | 'portInUse'
      | 'folderUnwritable'
      | 'folderLocked'
      | 'folderUnsafe'
      | 'setupNeeded'
      | 'passphraseTooShort'
      | 'passphraseCommon'
      | 'notLoopback'
      | 'addressUnknown'
      | 'damaged'
      | 'newerFormat'
      | 'badBackup'
      | 'wrongPassphrase',
    message: string,
    /** With the code `damaged`, where a person has a choice. */
    readonly damage: Damage | null = null,
  ) {
    super(message);
    this.name = 'HubStartError';
  }
}
