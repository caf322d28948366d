import * as z from 'zod';
import { scope } from '../../../shared/protocol/api-tokens';
import { asks, asksDefault } from '../../../shared/protocol/asks';
import { agentPriority, capacity, count, epochMs, id, name, role } from '../../../shared/protocol/fields';
import { type WorkingHours, workingHours } from '../../../shared/protocol/hours';
import { labels } from '../../../shared/protocol/labels';
import { afterwards, afterwardsDefault } from '../../../shared/protocol/rating';
import { retentionDays, retentionDaysDefault } from '../../../shared/protocol/retention';
import { widgetDefault, widgetSettings } from '../../../shared/protocol/widget';
import { must, type RoutingEvent } from '../../../shared/routing/index';
import { block, cannedReply, type HubEvent, type StoredChatPage, storedChatPage } from './records';

const account = z.object({
  agentId: id,
  name,
  role,
  capacity,
  groups: z.array(z.object({ groupId: id, priority: agentPriority })),
});
const device = z.object({
  deviceId: id,
  agentId: id,
  tokenHash: z.string(),
  label: z.string(),
  addedAt: epochMs,
  /** When it last signed in, to the day; absent: from before it was noted. */
  usedAt: epochMs.optional(),
});
const code = z.object({
  codeId: z.string(),
  agentId: id,
  hash: z.string(),
  expiresAt: epochMs,
  wrongTries: count,
  linkHash: z.string().optional(),
  approved: z.boolean().optional(),
});
/** BO1. `tokenHash` null: it can't sign in. */
const assistant = z.object({
  assistantId: id,
  name,
  groupIds: z.array(id),
  tokenHash: z.string().nullable(),
  tokenMadeAt: epochMs.nullable(),
  seenAt: epochMs.nullable(),
});
/** With which a program uses the API. */
const apiToken = z.object({
  tokenId: id,
  name,
  scopes: z.array(scope),
  tokenHash: z.string(),
  madeAt: epochMs,
  /** When the hour of its last use began; null: never used. */
  usedAt: epochMs.nullable(),
});
/** A supervisor's passphrase; `lengthMin`: the minimum length required when it was set, absent: 8. */
const passphrase = z.object({
  agentId: id,
  salt: z.string(),
  hash: z.string(),
  cost: z.number().int(),
  lengthMin: count.optional(),
});
const group = z.object({
  groupId: id,
  name: z.string(),
  open: z.boolean(),
  settings: z.record(z.string(), z.unknown()),
  /** HR1; null: the office's. */
  hours: workingHours.nullable(),
});

/** `secrets`: what may sign; `key`: from which signed customers' tokens are made, the same for good. */
const identity = z.object({
  key: z.string(),
  secrets: z.array(z.object({ secretId: id, secret: z.string(), madeAt: epochMs })),
});

/** The content of `config.json`: everything a supervisor sets, and who may sign in. */
export const configJson = z.object({
  office: z
    .object({
      name,
      sample: z.boolean(),
      retentionDays: retentionDays.optional(),
      tags: labels.optional(),
      wrapUpCodes: labels.optional(),
      breakReasons: labels.optional(),
      asks: asks.optional(),
      widget: widgetSettings.optional(),
      afterwards: afterwards.optional(),
    })
    .nullable(),
  settings: z.record(z.string(), z.unknown()),
  groups: z.array(group),
  accounts: z.array(account),
  devices: z.array(device),
  assistants: z.array(assistant),
  /** Absent: none was ever made. */
  apiTokens: z.array(apiToken).optional(),
  codes: z.array(code),
  passphrases: z.array(passphrase),
  cannedReplies: z.array(cannedReply),
  blocks: z.array(block),
  /** HR1: of every group without hours of its own; null: always open. */
  officeHours: workingHours.nullable(),
  /** For signed customers. Absent: no secret was ever made. */
  identity: identity.optional(),
  /** Absent: the customers' page is as it is built. */
  chatPage: storedChatPage.optional(),
});
export type ConfigJson = z.infer<typeof configJson>;
export type Account = z.infer<typeof account>;
export type Device = z.infer<typeof device>;
export type Assistant = z.infer<typeof assistant>;
export type ApiToken = z.infer<typeof apiToken>;
export type Code = z.infer<typeof code>;
type Passphrase = z.infer<typeof passphrase>;
export type Group = z.infer<typeof group>;
export type CannedReply = z.infer<typeof cannedReply>;
export type Block = z.infer<typeof block>;

export interface Config {
  office: ConfigJson['office'];
  settings: Record<string, unknown>;
  groups: Map<string, Group>;
  accounts: Map<string, Account>;
  devices: Map<string, Device>;
  deviceByTokenHash: Map<string, Device>;
  assistants: Map<string, Assistant>;
  apiTokens: Map<string, ApiToken>;
  /** By `agentId`. */
  deviceCounts: Map<string, number>;
  codes: Map<string, Code>;
  /** By `agentId`; only supervisors have one. */
  passphrases: Map<string, Passphrase>;
  cannedReplies: Map<string, CannedReply>;
  /** Blocked customers. */
  blocks: Map<string, Block>;
  /** HR1: of every group without hours of its own; null: always open. */
  officeHours: WorkingHours | null;
  /** Null: no secret for signed customers was ever made. */
  identity: z.infer<typeof identity> | null;
  /** Null: the customers' page is as it is built. */
  chatPage: StoredChatPage | null;
}

export function emptyConfig(): Config {
  return {
    office: null,
    settings: {},
    groups: new Map(),
    accounts: new Map(),
    devices: new Map(),
    deviceByTokenHash: new Map(),
    assistants: new Map(),
    apiTokens: new Map(),
    deviceCounts: new Map(),
    codes: new Map(),
    passphrases: new Map(),
    cannedReplies: new Map(),
    blocks: new Map(),
    officeHours: null,
    identity: null,
    chatPage: null,
  };
}

export function configToJson(config: Config): ConfigJson {
  return {
    office: config.office,
    settings: config.settings,
    groups: [...config.groups.values()],
    accounts: [...config.accounts.values()],
    devices: [...config.devices.values()],
    assistants: [...config.assistants.values()],
    ...(config.apiTokens.size === 0 ? {} : { apiTokens: [...config.apiTokens.values()] }),
    codes: [...config.codes.values()],
    passphrases: [...config.passphrases.values()],
    cannedReplies: [...config.cannedReplies.values()],
    blocks: [...config.blocks.values()],
    officeHours: config.officeHours,
    ...(config.identity === null ? {} : { identity: config.identity }),
    ...(config.chatPage === null ? {} : { chatPage: config.chatPage }),
  };
}

export function configFromJson(json: ConfigJson): Config {
  const by = <T>(items: T[], key: (item: T) => string) => new Map(items.map((item) => [key(item), item]));
  const accounts = by(json.accounts, (each) => each.agentId);
  // Older files may keep passphrases of removed accounts, which anyone knowing one could have used.
  const passphrases = json.passphrases.filter(({ agentId }) => accounts.get(agentId)?.role === 'supervisor');
  const config: Config = {
    ...emptyConfig(),
    office: json.office,
    settings: json.settings,
    groups: by(json.groups, (each) => each.groupId),
    accounts,
    assistants: by(json.assistants, (each) => each.assistantId),
    apiTokens: by(json.apiTokens ?? [], (each) => each.tokenId),
    codes: by(json.codes, (each) => each.codeId),
    passphrases: by(passphrases, (each) => each.agentId),
    cannedReplies: by(json.cannedReplies, (each) => each.cannedReplyId),
    blocks: by(json.blocks, (each) => each.blockId),
    officeHours: json.officeHours,
    identity: json.identity ?? null,
    chatPage: json.chatPage ?? null,
  };
  for (const each of json.devices) addDevice(config, each);
  return config;
}

export function retentionDaysOf({ office }: Config): number {
  return office?.retentionDays ?? retentionDaysDefault;
}

/** HR1: what a group opens and closes by; null: always open. */
export function hoursOf({ officeHours }: Config, { hours }: Group): WorkingHours | null {
  return hours ?? officeHours;
}

/** The office-wide settings, with defaults. */
export function officeOf(config: Config) {
  const { name = '', tags = [], wrapUpCodes = [], breakReasons = [], asks = asksDefault } = config.office ?? {};
  const { widget = widgetDefault, afterwards = afterwardsDefault } = config.office ?? {};
  return { name, retentionDays: retentionDaysOf(config), tags, wrapUpCodes, breakReasons, asks, widget, afterwards };
}

/** True when the event changed the configuration. */
export function applyRoutingToConfig(config: Config, event: RoutingEvent): boolean {
  switch (event.type) {
    case 'settings.updated':
      config.settings = { ...event.settings };
      return true;
    case 'group.put': {
      const { open = true, hours = null } = config.groups.get(event.groupId) ?? {};
      const settings = { ...event.settings };
      config.groups.set(event.groupId, { groupId: event.groupId, name: event.name, open, settings, hours });
      return true;
    }
    case 'group.opened': {
      const found = must(config.groups, event.groupId);
      config.groups.set(event.groupId, { ...found, open: event.open });
      return true;
    }
    case 'group.removed':
      config.groups.delete(event.groupId);
      for (const each of config.accounts.values()) {
        const groups = each.groups.filter((membership) => membership.groupId !== event.groupId);
        if (groups.length < each.groups.length) config.accounts.set(each.agentId, { ...each, groups });
      }
      for (const each of config.assistants.values())
        if (each.groupIds.includes(event.groupId))
          config.assistants.set(each.assistantId, {
            ...each,
            groupIds: each.groupIds.filter((groupId) => groupId !== event.groupId),
          });
      return true;
    case 'assistant.put': {
      const { assistantId, name, groupIds } = event;
      const { tokenHash = null, tokenMadeAt = null, seenAt = null } = config.assistants.get(assistantId) ?? {};
      const put = { assistantId, name, groupIds: [...groupIds], tokenHash, tokenMadeAt, seenAt };
      config.assistants.set(assistantId, put);
      return true;
    }
    case 'assistant.removed':
      return config.assistants.delete(event.assistantId);
    default:
      return false;
  }
}

/** True when the event changed the configuration. */
export function applyHubToConfig(config: Config, event: HubEvent): boolean {
  switch (event.type) {
    case 'office.changed':
      config.office = {
        name: event.name,
        sample: event.sample,
        ...(event.retentionDays === undefined ? {} : { retentionDays: event.retentionDays }),
        ...(event.tags === undefined ? {} : { tags: event.tags }),
        ...(event.wrapUpCodes === undefined ? {} : { wrapUpCodes: event.wrapUpCodes }),
        ...(event.breakReasons === undefined ? {} : { breakReasons: event.breakReasons }),
        ...(event.asks === undefined ? {} : { asks: event.asks }),
        ...(event.widget === undefined ? {} : { widget: event.widget }),
        ...(event.afterwards === undefined ? {} : { afterwards: event.afterwards }),
      };
      return true;
    case 'chatPage.put':
      config.chatPage = event.chatPage;
      return true;
    case 'hours.put': {
      const found = must(config.groups, event.groupId);
      config.groups.set(event.groupId, { ...found, hours: event.hours });
      return true;
    }
    case 'officeHours.put':
      config.officeHours = event.hours;
      return true;
    case 'identitySecret.made': {
      const { secretId, secret, key, madeAt } = event;
      const secrets = [...(config.identity?.secrets ?? []), { secretId, secret, madeAt }];
      config.identity = { key, secrets };
      return true;
    }
    case 'identitySecret.removed': {
      if (config.identity === null) return false;
      const secrets = config.identity.secrets.filter(({ secretId }) => secretId !== event.secretId);
      config.identity = { ...config.identity, secrets };
      return true;
    }
    case 'customer.blocked':
      endBlocksOf(config, event.block.customerId);
      config.blocks.set(event.block.blockId, event.block);
      return true;
    case 'block.ended':
      return config.blocks.delete(event.blockId);
    case 'customer.erased':
      return endBlocksOf(config, event.customerId);
    case 'cannedReply.put':
      config.cannedReplies.set(event.cannedReply.cannedReplyId, event.cannedReply);
      return true;
    case 'cannedReply.removed':
      config.cannedReplies.delete(event.cannedReplyId);
      return true;
    default:
      return applyAccess(config, event);
  }
}

/** Accounts and what they sign in with. True when the event changed the configuration. */
function applyAccess(config: Config, event: HubEvent): boolean {
  switch (event.type) {
    case 'passphrase.set': {
      const { type: _type, ...set } = event;
      // Passphrases once outlived their accounts: an old record may set one for a removed account.
      if (config.accounts.get(set.agentId)?.role === 'supervisor') config.passphrases.set(set.agentId, set);
      return true;
    }
    case 'assistant.tokenMade': {
      const { assistantId, tokenHash, at: tokenMadeAt } = event;
      config.assistants.set(assistantId, { ...must(config.assistants, assistantId), tokenHash, tokenMadeAt });
      return true;
    }
    case 'assistant.tokenRevoked': {
      const found = must(config.assistants, event.assistantId);
      config.assistants.set(found.assistantId, { ...found, tokenHash: null, tokenMadeAt: null });
      return true;
    }
    case 'assistant.seen': {
      // It may have been removed, and so lost its line.
      const found = config.assistants.get(event.assistantId);
      if (!found) return false;
      config.assistants.set(found.assistantId, { ...found, seenAt: event.at });
      return true;
    }
    case 'apiToken.made': {
      const { type: _type, identityKey, ...made } = event;
      config.apiTokens.set(made.tokenId, { ...made, usedAt: null });
      config.identity ??= { key: identityKey, secrets: [] };
      return true;
    }
    case 'apiToken.revoked':
      return config.apiTokens.delete(event.tokenId);
    case 'apiToken.used': {
      // It may have been revoked meanwhile.
      const found = config.apiTokens.get(event.tokenId);
      if (!found) return false;
      config.apiTokens.set(found.tokenId, { ...found, usedAt: event.at });
      return true;
    }
    case 'passphrase.voided':
      config.passphrases.delete(event.agentId);
      return true;
    case 'account.put': {
      const { type: _type, ...put } = event;
      config.accounts.set(put.agentId, put);
      if (put.role !== 'supervisor') config.passphrases.delete(put.agentId);
      return true;
    }
    case 'account.removed':
      removeAccount(config, event.agentId);
      return true;
    case 'code.made': {
      const { type: _type, linkHash, approved, ...made } = event;
      // In the schema's field order, as a state read from a file has it.
      const added = { ...made, wrongTries: 0 };
      config.codes.set(made.codeId, {
        ...added,
        ...(linkHash === undefined ? {} : { linkHash }),
        ...(approved === undefined ? {} : { approved }),
      });
      return true;
    }
    case 'code.missed': {
      // It may have ended while the attempt was being checked.
      const missed = config.codes.get(event.codeId);
      if (missed) config.codes.set(event.codeId, { ...missed, wrongTries: missed.wrongTries + 1 });
      return true;
    }
    case 'code.ended':
      config.codes.delete(event.codeId);
      return true;
    case 'device.added': {
      const { type: _type, ...added } = event;
      removeDevice(config, added.deviceId);
      addDevice(config, added);
      return true;
    }
    case 'device.used': {
      // It may have been signed out while its sign-in was being checked.
      const found = config.devices.get(event.deviceId);
      if (!found) return false;
      const used = { ...found, usedAt: event.at };
      config.devices.set(used.deviceId, used);
      config.deviceByTokenHash.set(used.tokenHash, used);
      return true;
    }
    case 'device.removed':
      removeDevice(config, event.deviceId);
      return true;
    default:
      return false;
  }
}

/** When the device last signed in; null: not known. */
export function usedAtOf({ usedAt }: Device): number | null {
  return usedAt ?? null;
}

/** True when the customer was blocked. */
function endBlocksOf(config: Config, customerId: string): boolean {
  const theirs = [...config.blocks.values()].filter((each) => each.customerId === customerId);
  for (const { blockId } of theirs) config.blocks.delete(blockId);
  return theirs.length > 0;
}

/** Removes the names of customers no longer known from their blocks, which are kept longer. True when one changed. */
export function dropNames(config: Config, isKnown: (customerId: string) => boolean): boolean {
  const unnamed = [...config.blocks.values()].filter(
    ({ customerId, customerName }) => customerName !== null && !isKnown(customerId),
  );
  for (const each of unnamed) config.blocks.set(each.blockId, { ...each, customerName: null });
  return unnamed.length > 0;
}

function addDevice(config: Config, added: Device) {
  config.devices.set(added.deviceId, added);
  config.deviceByTokenHash.set(added.tokenHash, added);
  config.deviceCounts.set(added.agentId, (config.deviceCounts.get(added.agentId) ?? 0) + 1);
}

function removeDevice(config: Config, deviceId: string) {
  const found = config.devices.get(deviceId);
  if (!found) return;
  config.devices.delete(deviceId);
  config.deviceByTokenHash.delete(found.tokenHash);
  config.deviceCounts.set(found.agentId, must(config.deviceCounts, found.agentId) - 1);
}

function removeAccount(config: Config, agentId: string) {
  config.accounts.delete(agentId);
  config.passphrases.delete(agentId);
  for (const each of [...config.devices.values()]) if (each.agentId === agentId) removeDevice(config, each.deviceId);
  config.deviceCounts.delete(agentId);
  for (const each of [...config.codes.values()]) if (each.agentId === agentId) config.codes.delete(each.codeId);
  for (const each of [...config.cannedReplies.values()])
    if (each.agentId === agentId) config.cannedReplies.delete(each.cannedReplyId);
}

/** An office must keep at least one supervisor, who can set everything else right again. */
export function isLastSupervisor(config: Config, agentId: string): boolean {
  if (config.accounts.get(agentId)?.role !== 'supervisor') return false;
  for (const each of config.accounts.values()) if (each.role === 'supervisor' && each.agentId !== agentId) return false;
  return true;
}
