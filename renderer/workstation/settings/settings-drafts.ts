import type { WorkingHours } from '../../../shared/protocol/hours';
import type { GroupChanges } from './routing/setting-form';
import type { SettingChanges } from './routing/setting-values';

/** What is not saved yet, and which group it is about. It lives above the page: a look at the chats must not lose it. */
export interface SettingsDrafts {
  /** null: the whole office. */
  groupId: string | null;
  office: SettingChanges;
  groups: Readonly<Record<string, GroupChanges>>;
  /** By group; null: always open. */
  hours: Readonly<Record<string, WorkingHours | null>>;
}

export const noDrafts: SettingsDrafts = { groupId: null, office: {}, groups: {}, hours: {} };

export interface DraftsProps {
  drafts: SettingsDrafts;
  onDrafts: (drafts: SettingsDrafts) => void;
}

export function without<T>(record: Readonly<Record<string, T>>, key: string): Record<string, T> {
  const { [key]: _, ...others } = record;
  return others;
}
