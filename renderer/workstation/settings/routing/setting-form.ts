import type { SettingPath } from '../../../../shared/routing/settings';
import type { GroupSettingsPatch, Settings } from '../../../../shared/routing/types';
import { patchOf, type SettingChanges, type SettingValue, settingOf } from './setting-values';

/** The values on screen and how to change one. */
export interface SettingForm {
  value(path: SettingPath): SettingValue;
  was(path: SettingPath): SettingValue;
  set(path: SettingPath, value: SettingValue): void;
  /** In a group's form: the office's values, and how to return to them. Else null. */
  group: {
    office(path: SettingPath): SettingValue;
    isOwn(path: SettingPath): boolean;
    reset(path: SettingPath): void;
  } | null;
}

export function isAsOffice({ group }: SettingForm, path: SettingPath): boolean {
  return group !== null && !group.isOwn(path);
}

/** Unsaved changes of one group; `undefined` removes the group's own value. */
export type GroupChanges = Partial<Record<SettingPath, SettingValue | undefined>>;

export function officeForm(
  settings: Settings,
  changes: SettingChanges,
  onChanges: (changes: SettingChanges) => void,
): SettingForm {
  const was = (path: SettingPath) => settingOf(settings, path);
  return {
    value: (path) => (path in changes ? (changes[path] ?? null) : was(path)),
    was,
    set: (path, next) => onChanges({ ...changes, [path]: next }),
    group: null,
  };
}

/** SE1: the same settings for one group, each the office's value or the group's own. */
export function groupForm(
  settings: Settings,
  own: SettingChanges,
  changes: GroupChanges,
  onChanges: (changes: GroupChanges) => void,
): SettingForm {
  const office = (path: SettingPath) => settingOf(settings, path);
  const was = (path: SettingPath) => (path in own ? (own[path] ?? null) : office(path));
  const isOwn = (path: SettingPath) => (path in changes ? changes[path] !== undefined : path in own);
  return {
    value(path) {
      if (!(path in changes)) return was(path);
      const change = changes[path];
      return change === undefined ? office(path) : change;
    },
    was,
    set: (path, next) => onChanges({ ...changes, [path]: next }),
    group: { office, isOwn, reset: (path) => onChanges({ ...changes, [path]: undefined }) },
  };
}

/** Only the changes that differ from what the group has now. */
export function withoutSameInGroup(changes: GroupChanges, own: SettingChanges, settings: Settings): GroupChanges {
  const left = Object.entries(changes).filter(([key, value]) => {
    const path = key as SettingPath;
    if (value === undefined) return path in own;
    return value !== (path in own ? own[path] : settingOf(settings, path));
  });
  return Object.fromEntries(left) as GroupChanges;
}

/** All of the group's own settings: `group.put` replaces them as a whole. */
export function ownAfter(own: SettingChanges, changes: GroupChanges): GroupSettingsPatch {
  const all = Object.entries({ ...own, ...changes }).filter(([, value]) => value !== undefined);
  return patchOf(Object.fromEntries(all) as SettingChanges);
}
