import { UnstyledButton } from '@mantine/core';
import { useText } from '../ui/text';
import { AgentsPage } from './AgentsPage';
import { GroupsPage } from './GroupsPage';
import { OfficePage } from './OfficePage';
import { RoutingPage } from './RoutingPage';
import classes from './SettingsPage.module.css';
import type { SettingChanges } from './setting-values';

export type SettingsTab = 'routing' | 'groups' | 'agents' | 'office';

const sections = [
  { title: 'settings.section.conversations', tabs: ['routing'] },
  { title: 'settings.section.team', tabs: ['groups', 'agents'] },
  { title: 'settings.section.office', tabs: ['office'] },
] as const;

interface SettingsPageProps {
  tab: SettingsTab;
  onTab: (tab: SettingsTab) => void;
  /** Unsaved changes live above the page, so that a look at the chats does not lose them. */
  changes: SettingChanges;
  onChanges: (changes: SettingChanges) => void;
}

export function SettingsPage({ tab, onTab, changes, onChanges }: SettingsPageProps) {
  const t = useText();
  return (
    <div className={classes.frame}>
      <nav className={classes.nav} aria-label={t('settings.label')}>
        {sections.map(({ title, tabs }) => (
          <div key={title}>
            <h2>{t(title)}</h2>
            {tabs.map((each) => (
              <UnstyledButton
                key={each}
                className={classes.tab}
                aria-current={tab === each ? 'page' : undefined}
                onClick={() => onTab(each)}
              >
                {t(`settings.page.${each}`)}
              </UnstyledButton>
            ))}
          </div>
        ))}
      </nav>
      <main className={classes.main} key={tab}>
        {tab === 'routing' ? (
          <RoutingPage changes={changes} onChanges={onChanges} onPriorities={() => onTab('groups')} />
        ) : null}
        {tab === 'groups' ? <GroupsPage /> : null}
        {tab === 'agents' ? <AgentsPage /> : null}
        {tab === 'office' ? <OfficePage /> : null}
      </main>
    </div>
  );
}
