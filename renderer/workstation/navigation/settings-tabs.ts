export const settingsSections = [
  { title: 'settings.section.conversations', tabs: ['routing', 'hours', 'canned', 'labels'] },
  { title: 'settings.section.team', tabs: ['groups', 'agents', 'assistants'] },
  {
    title: 'settings.section.office',
    tabs: ['office', 'asks', 'chatPage', 'widget', 'webhooks', 'api', 'blocks', 'audit'],
  },
  { title: 'settings.section.own', tabs: ['access'] },
] as const;

export const settingsTabs = settingsSections.flatMap(({ tabs }) => tabs);
export type SettingsTab = (typeof settingsTabs)[number];

/** Agents see only their canned replies and their access; the other tabs are for supervisors. */
export function isTabFor(tab: SettingsTab, supervisor: boolean): boolean {
  return supervisor || tab === 'canned' || tab === 'access';
}
