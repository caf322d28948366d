import type { Damage } from '../../shared/damage';

export const hubStartCodes = [
  'portInUse',
  'folderUnwritable',
  'folderLocked',
  'folderUnsafe',
  'setupNeeded',
  'passphraseTooShort',
  'passphraseCommon',
  'notLoopback',
  'addressUnknown',
  'damaged',
  'newerFormat',
  'badBackup',
  'wrongPassphrase',
] as const;

export type HubStartCode = (typeof hubStartCodes)[number];

/** Why a hub cannot start, in words for the person who starts it. */
export class HubStartError extends Error {
  constructor(
    readonly code: HubStartCode,
    message: string,
    /** With the code `damaged`, where a person has a choice. */
    readonly damage: Damage | null = null,
  ) {
    super(message);
    this.name = 'HubStartError';
  }
}
