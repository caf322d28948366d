import type { ConfigJson } from '../../state/config';

type Group = ConfigJson['groups'][number];
type AddedLater = 'passphrases' | 'assistants' | 'cannedReplies' | 'blocks' | 'officeHours';

/** A configuration as saved by any earlier version. */
export interface EarlierConfig extends Omit<ConfigJson, AddedLater | 'groups'>, Partial<Pick<ConfigJson, AddedLater>> {
  groups: (Omit<Group, 'hours'> & Partial<Pick<Group, 'hours'>>)[];
  /** The only passphrase, from before each supervisor had their own. */
  passphrase?: ConfigJson['passphrases'][number] | null;
}

/** Adds fields that the version that saved it did not have; a complete one is unchanged. */
export function upgradeConfig({ passphrase, ...saved }: EarlierConfig): ConfigJson {
  return {
    ...saved,
    groups: saved.groups.map((group) => ({ ...group, hours: group.hours ?? null })),
    passphrases: saved.passphrases ?? (passphrase ? [passphrase] : []),
    assistants: saved.assistants ?? [],
    cannedReplies: saved.cannedReplies ?? [],
    blocks: saved.blocks ?? [],
    officeHours: saved.officeHours ?? null,
  };
}
