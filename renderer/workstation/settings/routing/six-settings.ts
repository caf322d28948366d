import type { SettingPath } from '../../../../shared/routing/settings';
import type { TextKey } from '../../../../shared/text/workstation-text';

/** The common prefix of the text keys of a setting's title, help and "applies to". */
export type SettingStem = TextKey extends infer K ? (K extends `settings.${infer S}Applies` ? S : never) : never;

/** A number of a setting, with the text around its field. */
interface SettingFigure {
  path: SettingPath;
  before: TextKey;
  after?: TextKey;
  /** Its accessible name, if the text before the field is not enough. */
  counts?: TextKey;
}

export interface SixSetting {
  text: SettingStem;
  /** Its switch; null: always on. */
  path: SettingPath | null;
  /** Shown while it is on. */
  figures: readonly SettingFigure[];
  /** A switch inside it, shown whether it is on or off. */
  inner?: { path: SettingPath; text: TextKey };
  /** Its help links to the agents' priorities. */
  link?: TextKey;
  /** Its help while automatic reception is on. */
  helpIfAutomatic?: TextKey;
}

interface SettingSection {
  title: TextKey;
  help: TextKey;
  settings: readonly SixSetting[];
}

/** Conversation routing and conversation reception. */
export const sixSettings: readonly SettingSection[] = [
  {
    title: 'settings.routing',
    help: 'settings.routingHelp',
    settings: [
      { text: 'fcfs', path: null, figures: [] },
      {
        text: 'agentPriority',
        path: 'routing.agentPriority',
        link: 'settings.agentPriorityLink',
        figures: [{ path: 'routing.priorityHoldSeconds', before: 'settings.priorityHold', after: 'settings.zeroOff' }],
      },
      {
        text: 'lastReceptionist',
        path: 'routing.lastReceptionist',
        figures: [
          { path: 'routing.lastReceptionistDays', before: 'settings.lastReceptionistDays', counts: 'settings.days' },
          {
            path: 'routing.lastReceptionistHoldSeconds',
            before: 'settings.lastReceptionistHold',
            counts: 'settings.seconds',
          },
        ],
      },
    ],
  },
  {
    title: 'settings.reception',
    help: 'settings.receptionHelp',
    settings: [
      {
        text: 'automatic',
        path: 'reception.automatic',
        figures: [],
        inner: { path: 'reception.agentMayChoose', text: 'settings.agentMayChoose' },
      },
      {
        text: 'redirect',
        path: 'reception.redirect.enabled',
        helpIfAutomatic: 'settings.redirectHelpAutomatic',
        figures: [{ path: 'reception.redirect.afterSeconds', before: 'settings.after', counts: 'settings.seconds' }],
      },
      {
        text: 'shortBreak',
        path: 'reception.shortBreak.enabled',
        figures: [
          { path: 'reception.shortBreak.afterSeconds', before: 'settings.after', counts: 'settings.seconds' },
          {
            path: 'reception.shortBreak.misses',
            before: 'settings.shortBreakAnd',
            after: 'settings.shortBreakMisses',
            counts: 'settings.misses',
          },
          {
            path: 'reception.shortBreak.endAfterSeconds',
            before: 'settings.shortBreakEnd',
            after: 'settings.shortBreakEndHelp',
          },
        ],
      },
    ],
  },
];
