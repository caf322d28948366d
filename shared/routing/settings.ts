import * as z from 'zod';
import type { GroupSettingsPatch, Settings, SettingsPatch } from './types';

/** One setting as a form sees it: `path` is dotted, `unit` is part of the number's meaning. */
export type SettingField =
  | { kind: 'switch'; default: boolean }
  | { kind: 'number'; default: number; min: number; max: number; unit: 'seconds' | 'minutes' | 'days' | 'count' }
  | { kind: 'choice'; default: string; choices: readonly string[] }
  | { kind: 'text'; default: string | null; maxLength: number };

const onOff = (initial: boolean): SettingField => ({ kind: 'switch', default: initial });
const seconds = (initial: number, min: number, max: number): SettingField => ({
  kind: 'number',
  default: initial,
  min,
  max,
  unit: 'seconds',
});
const minutes = (initial: number, min: number, max: number): SettingField => ({
  kind: 'number',
  default: initial,
  min,
  max,
  unit: 'minutes',
});
const count = (initial: number, min: number, max: number): SettingField => ({
  kind: 'number',
  default: initial,
  min,
  max,
  unit: 'count',
});
const choice = (initial: string, choices: readonly string[]): SettingField => ({
  kind: 'choice',
  default: initial,
  choices,
});
const text = (): SettingField => ({ kind: 'text', default: null, maxLength: 500 });

const HOUR = 3_600;
const DAY = 86_400;
const DAY_MINUTES = 1_440;

/** Every setting with its default and range, by dotted path. All numbers are whole. */
export const settingRanges = {
  'routing.agentPriority': onOff(false),
  'routing.lastReceptionist': onOff(false),
  'routing.lastReceptionistDays': { kind: 'number', default: 30, min: 1, max: 365, unit: 'days' },
  'routing.lastReceptionistHoldSeconds': seconds(0, 0, HOUR),
  'routing.priorityHoldSeconds': seconds(0, 0, HOUR),
  'routing.agentsMayClaim': onOff(true),
  'routing.claimBeyondCapacity': onOff(false),
  'routing.transferBeyondCapacity': onOff(false),
  'reception.automatic': onOff(false),
  'reception.agentMayChoose': onOff(false),
  'reception.redirect.enabled': onOff(false),
  'reception.redirect.afterSeconds': seconds(30, 10, 600),
  'reception.shortBreak.enabled': onOff(false),
  'reception.shortBreak.afterSeconds': seconds(30, 10, 600),
  'reception.shortBreak.misses': count(1, 1, 10),
  'reception.shortBreak.endAfterSeconds': seconds(0, 0, DAY),
  'reception.maxRedirects': count(5, 0, 100),
  'reception.roundPauseSeconds': seconds(10, 0, HOUR),
  'presence.offerGraceSeconds': seconds(5, 0, 600),
  'presence.conversationGraceSeconds': seconds(60, 0, HOUR),
  'presence.awayAfterMinutes': minutes(0, 0, DAY_MINUTES),
  'queue.maxWaitSeconds': seconds(0, 0, DAY),
  'queue.afterMaxWait': choice('leaveMessage', ['leaveMessage', 'end']),
  'queue.whenNobodyOnline': choice('wait', ['wait', 'leaveMessage']),
  'assistant.answerWithinSeconds': seconds(10, 2, 120),
  'unanswered.alertMinutes': minutes(10, 0, DAY_MINUTES),
  wrapUpSeconds: seconds(0, 0, HOUR),
  customerSilenceSeconds: seconds(0, 0, DAY),
  reopenMinutes: minutes(10, 0, 50),
  'texts.redirected': text(),
  'texts.outsideHours': text(),
  'texts.silenceNotice': text(),
} as const satisfies Record<string, SettingField>;

export type SettingPath = keyof typeof settingRanges;

/** The defaults; a fresh copy each time. */
export function defaultSettings(): Settings {
  const root: Record<string, unknown> = {};
  for (const [path, field] of Object.entries(settingRanges)) {
    const keys = path.split('.');
    const last = keys.pop() ?? path;
    let node = root;
    for (const key of keys) {
      node[key] ??= {};
      node = node[key] as Record<string, unknown>;
    }
    node[last] = field.default;
  }
  return root as unknown as Settings;
}

function leafSchema(field: SettingField): z.ZodType {
  switch (field.kind) {
    case 'switch':
      return z.boolean('must be true or false');
    case 'number': {
      const range = `must be a whole number from ${field.min} to ${field.max}`;
      return z.int(range).min(field.min, range).max(field.max, range);
    }
    case 'choice':
      return z.enum(field.choices as [string, ...string[]], `must be one of: ${field.choices.join(', ')}`);
    case 'text': {
      const range = `must be a text of at most ${field.maxLength} characters, or null`;
      return z.string(range).max(field.maxLength, range).nullable();
    }
  }
}

interface SchemaTree {
  [key: string]: SchemaTree | z.ZodType;
}

function buildTree(skipSection: string | null): SchemaTree {
  const root: SchemaTree = {};
  for (const [path, field] of Object.entries(settingRanges)) {
    const keys = path.split('.');
    if (keys[0] === skipSection) continue;
    const last = keys.pop() ?? path;
    let node = root;
    for (const key of keys) {
      node[key] ??= {};
      node = node[key] as SchemaTree;
    }
    node[last] = leafSchema(field);
  }
  return root;
}

function toSchema(tree: SchemaTree, partial: boolean): z.ZodType {
  const shape: Record<string, z.ZodType> = {};
  for (const [key, node] of Object.entries(tree)) {
    const inner = node instanceof z.ZodType ? node : toSchema(node, partial);
    shape[key] = partial ? inner.optional() : inner;
  }
  return z.strictObject(shape, 'must be an object with known fields');
}

/** Complete settings: every field is required. */
export const settingsSchema = toSchema(buildTree(null), false) as z.ZodType<Settings>;
/** Any part of the settings; an unknown field is an error. */
export const settingsPatchSchema = toSchema(buildTree(null), true) as z.ZodType<SettingsPatch>;
/** What a group may override: all but `presence` (SE1). */
const groupSettingsPatchSchema = toSchema(buildTree('presence'), true) as z.ZodType<GroupSettingsPatch>;

export interface SettingProblem {
  field: string;
  reason: string;
}

/** The first error in a patch, or null. `forGroup` refuses `presence`. */
export function settingsProblem(patch: unknown, forGroup = false): SettingProblem | null {
  const result = (forGroup ? groupSettingsPatchSchema : settingsPatchSchema).safeParse(patch);
  if (result.success) return null;
  const issue = result.error.issues[0];
  if (!issue) return { field: 'settings', reason: 'is not valid' };
  const path = issue.path.map(String);
  if (issue.code === 'unrecognized_keys') {
    const field = [...path, issue.keys[0] ?? '?'].join('.');
    const known = forGroup && field.startsWith('presence') ? 'cannot be set for one group' : 'is not a known setting';
    return { field, reason: known };
  }
  return { field: path.length > 0 ? path.join('.') : 'settings', reason: issue.message };
}

function isSection(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function mergeInto(base: Record<string, unknown>, patch: Record<string, unknown>): Record<string, unknown> {
  const merged = { ...base };
  for (const [key, value] of Object.entries(patch)) {
    if (value === undefined) continue;
    const old = base[key];
    merged[key] = isSection(value) ? mergeInto(isSection(old) ? old : {}, value) : value;
  }
  return merged;
}

/** A new settings object: `base` overridden by every field of `patch`. */
export function mergeSettings<T extends object>(base: T, patch: SettingsPatch | GroupSettingsPatch): T {
  return mergeInto(base as Record<string, unknown>, patch as Record<string, unknown>) as T;
}
