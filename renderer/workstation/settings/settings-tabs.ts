export const settingsSections = [
  { title: 'settings.section.conversations', tabs: ['routing', 'hours'] },
  { title: 'settings.section.team', tabs: ['groups', 'agents'] },
  { title: 'settings.section.office', tabs: ['office', 'audit'] },
] as const;

export const settingsTabs = settingsSections.flatMap(({ tabs }) => tabs);
export type SettingsTab = (typeof settingsTabs)[number];
