import { type SettingField, type SettingPath, settingRanges } from '../../../../shared/routing/settings';
import type { Settings, SettingsPatch } from '../../../../shared/routing/types';

export type SettingValue = boolean | number | string | null;
/** Changed values by dotted path. A number field that is being typed in may hold a string. */
export type SettingChanges = Partial<Record<SettingPath, SettingValue>>;

export function settingOf(settings: Settings, path: SettingPath): SettingValue {
  let node: unknown = settings;
  for (const key of path.split('.')) node = (node as Record<string, unknown> | undefined)?.[key];
  return (node ?? settingRanges[path].default) as SettingValue;
}

export function rangeOf(path: SettingPath): { min: number; max: number } {
  const field: SettingField = settingRanges[path];
  return field.kind === 'number' ? field : { min: 0, max: 0 };
}

export function defaultOf(path: SettingPath): SettingValue {
  return settingRanges[path].default;
}

/** Why the hub would refuse a typed value, or null. */
export function problemOf(path: SettingPath, value: SettingValue): 'outOfRange' | 'wholeNumber' | 'tooLong' | null {
  const field: SettingField = settingRanges[path];
  if (field.kind === 'text') return typeof value === 'string' && value.length > field.maxLength ? 'tooLong' : null;
  if (field.kind !== 'number') return null;
  const number = typeof value === 'number' ? value : Number.NaN;
  if (!Number.isInteger(number)) return value === '' || Number.isNaN(number) ? 'outOfRange' : 'wholeNumber';
  return number < field.min || number > field.max ? 'outOfRange' : null;
}

/** The changes as the nested partial object that the hub accepts. */
export function patchOf(changes: SettingChanges): SettingsPatch {
  const patch: Record<string, unknown> = {};
  for (const [path, value] of Object.entries(changes)) {
    const keys = path.split('.');
    const last = keys.pop() ?? path;
    let node = patch;
    for (const key of keys) {
      node[key] ??= {};
      node = node[key] as Record<string, unknown>;
    }
    node[last] = value;
  }
  return patch as SettingsPatch;
}

/** A group's own settings by dotted path (SE1). */
export function ownOf(groupSettings: Readonly<Record<string, unknown>>): SettingChanges {
  const own: SettingChanges = {};
  for (const path of Object.keys(settingRanges) as SettingPath[]) {
    let node: unknown = groupSettings;
    for (const key of path.split('.')) node = (node as Record<string, unknown> | undefined)?.[key];
    if (node !== undefined) own[path] = node as SettingValue;
  }
  return own;
}

/** SE1: presence is set for the whole office only. */
export function isForGroups(path: SettingPath): boolean {
  return !path.startsWith('presence.');
}

/** Only the changes that differ from the settings in effect. */
export function withoutSame(changes: SettingChanges, settings: Settings): SettingChanges {
  const left = Object.entries(changes).filter(([path, value]) => settingOf(settings, path as SettingPath) !== value);
  return Object.fromEntries(left) as SettingChanges;
}
