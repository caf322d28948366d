import type { ConfigJson } from '../../state/config';

type Group = ConfigJson['groups'][number];
type AddedLater = 'passphrases' | 'cannedReplies' | 'blocks';

/** A configuration by any earlier version. */
export interface EarlierConfig extends Omit<ConfigJson, AddedLater | 'groups'>, Partial<Pick<ConfigJson, AddedLater>> {
  groups: (Omit<Group, 'hours'> & Partial<Pick<Group, 'hours'>>)[];
  /** From before each supervisor had their own. */
  passphrase?: ConfigJson['passphrases'][number] | null;
}

/** Adds what the version that saved it did not know yet. One that lacks nothing is the same afterwards. */
export function upgradeConfig({ passphrase, ...saved }: EarlierConfig): ConfigJson {
  return {
    ...saved,
    groups: saved.groups.map((group) => ({ ...group, hours: group.hours ?? null })),
    passphrases: saved.passphrases ?? (passphrase ? [passphrase] : []),
    cannedReplies: saved.cannedReplies ?? [],
    blocks: saved.blocks ?? [],
  };
}
