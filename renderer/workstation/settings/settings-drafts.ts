import type { ChatPage } from '../../../shared/protocol/chat-page';
import type { WorkingHours } from '../../../shared/protocol/hours';
import type { GroupChanges } from './routing/setting-form';
import type { SettingChanges } from './routing/setting-values';

/** Unsaved changes, and the selected group. Held above the page, so that going to the chats does not lose them. */
export interface SettingsDrafts {
  /** null: the whole office. */
  groupId: string | null;
  office: SettingChanges;
  groups: Readonly<Record<string, GroupChanges>>;
  /** null: always open; undefined: unchanged. */
  officeHours: WorkingHours | null | undefined;
  /** By group; null: the office's. */
  hours: Readonly<Record<string, WorkingHours | null>>;
  /** undefined: unchanged. */
  chatPage: ChatPage | undefined;
}

export const noDrafts: SettingsDrafts = {
  groupId: null,
  office: {},
  groups: {},
  officeHours: undefined,
  hours: {},
  chatPage: undefined,
};

export interface DraftsProps {
  drafts: SettingsDrafts;
  onDrafts: (drafts: SettingsDrafts) => void;
}

export function without<T>(record: Readonly<Record<string, T>>, key: string): Record<string, T> {
  const { [key]: _, ...others } = record;
  return others;
}
