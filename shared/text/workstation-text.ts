import { answers as answersEn } from './en/answers';
import { audit as auditEn } from './en/audit';
import { canned as cannedEn } from './en/canned';
import { chat as chatEn } from './en/chat';
import { chatPage as chatPageEn } from './en/chat-page';
import { commands as commandsEn } from './en/commands';
import { firstRun as firstRunEn } from './en/first-run';
import { history as historyEn } from './en/history';
import { hours as hoursEn } from './en/hours';
import { recovery as recoveryEn } from './en/recovery';
import { settings as settingsEn } from './en/settings';
import { shell as shellEn } from './en/shell';
import { team as teamEn } from './en/team';
import { trace as traceEn } from './en/trace';
import { webhooks as webhooksEn } from './en/webhooks';
import { why as whyEn } from './en/why';
import { widget as widgetEn } from './en/widget';
import type { Translated } from './translated';
import { answers as answersZh } from './zh/answers';
import { audit as auditZh } from './zh/audit';
import { canned as cannedZh } from './zh/canned';
import { chat as chatZh } from './zh/chat';
import { chatPage as chatPageZh } from './zh/chat-page';
import { commands as commandsZh } from './zh/commands';
import { firstRun as firstRunZh } from './zh/first-run';
import { history as historyZh } from './zh/history';
import { hours as hoursZh } from './zh/hours';
import { recovery as recoveryZh } from './zh/recovery';
import { settings as settingsZh } from './zh/settings';
import { shell as shellZh } from './zh/shell';
import { team as teamZh } from './zh/team';
import { trace as traceZh } from './zh/trace';
import { webhooks as webhooksZh } from './zh/webhooks';
import { why as whyZh } from './zh/why';
import { widget as widgetZh } from './zh/widget';

/** Every word of the workstation. `{name}` is filled in; `_one` and `_other` are chosen by `count`. */
export const workstationEn = {
  ...shellEn,
  ...chatEn,
  ...cannedEn,
  ...historyEn,
  ...commandsEn,
  ...whyEn,
  ...traceEn,
  ...settingsEn,
  ...hoursEn,
  ...teamEn,
  ...auditEn,
  ...firstRunEn,
  ...recoveryEn,
  ...answersEn,
  ...widgetEn,
  ...chatPageEn,
  ...webhooksEn,
} as const;

export const workstationZh: Translated<typeof workstationEn> = {
  ...shellZh,
  ...chatZh,
  ...cannedZh,
  ...historyZh,
  ...commandsZh,
  ...whyZh,
  ...traceZh,
  ...settingsZh,
  ...hoursZh,
  ...teamZh,
  ...auditZh,
  ...firstRunZh,
  ...recoveryZh,
  ...answersZh,
  ...widgetZh,
  ...chatPageZh,
  ...webhooksZh,
};

type Plain<K> = K extends `${infer Stem}_one` ? Stem : K extends `${infer Stem}_other` ? Stem : K;
export type TextKey = Plain<keyof typeof workstationEn>;
export type TextParams = Record<string, string | number>;
export type Text = (key: TextKey, params?: TextParams) => string;
