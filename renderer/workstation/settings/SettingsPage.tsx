import { UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import { isTabFor, type SettingsTab, settingsSections } from '../navigation/settings-tabs';
import { useIsSupervisor } from '../session/session-context';
import { BackButton } from '../ui/BackButton';
import { useText } from '../ui/text';
import { useRoom } from '../ui/use-room';
import { ApiPage } from './api/ApiPage';
import { AuditPage } from './audit/AuditPage';
import { ChatPagePage } from './chat-page/ChatPagePage';
import { HoursPage } from './hours/HoursPage';
import { AccessPage } from './office/AccessPage';
import { BlocksPage } from './office/BlocksPage';
import { LabelsPage } from './office/LabelsPage';
import { OfficePage } from './office/OfficePage';
import { WidgetPage } from './office/WidgetPage';
import { CannedPage } from './replies/CannedPage';
import { RoutingPage } from './routing/RoutingPage';
import classes from './SettingsPage.module.css';
import type { DraftsProps } from './settings-drafts';
import { AgentsPage } from './team/AgentsPage';
import { AsksPage } from './team/AsksPage';
import { AssistantsPage } from './team/AssistantsPage';
import { GroupsPage } from './team/GroupsPage';
import { WebhooksPage } from './webhooks/WebhooksPage';

interface SettingsPageProps extends DraftsProps {
  tab: SettingsTab;
  onTab: (tab: SettingsTab) => void;
}

export function SettingsPage({ tab: wanted, onTab, drafts, onDrafts }: SettingsPageProps) {
  const t = useText();
  const supervisor = useIsSupervisor();
  const room = useRoom();
  // Where only one of them has room.
  const [listing, setListing] = useState(false);
  const tab = isTabFor(wanted, supervisor) ? wanted : 'canned';
  const sections = settingsSections
    .map(({ title, tabs }) => ({ title, tabs: tabs.filter((each) => isTabFor(each, supervisor)) }))
    .filter(({ tabs }) => tabs.length > 0);
  const openForGroup = (to: 'routing' | 'hours', groupId: string) => {
    onDrafts({ ...drafts, groupId });
    onTab(to);
  };
  return (
    <div className={classes.frame}>
      {room === 'one' && !listing ? null : (
        <nav className={classes.nav} aria-label={t('settings.label')} data-pane="settings">
          {sections.map(({ title, tabs }) => (
            <div key={title}>
              <h2>{t(title)}</h2>
              {tabs.map((each) => (
                <UnstyledButton
                  key={each}
                  className={classes.tab}
                  aria-current={tab === each ? 'page' : undefined}
                  onClick={() => {
                    setListing(false);
                    onTab(each);
                  }}
                >
                  {t(`settings.page.${each}`)}
                </UnstyledButton>
              ))}
            </div>
          ))}
        </nav>
      )}
      {room === 'one' && listing ? null : (
        <main className={classes.main} key={tab} data-pane="page" tabIndex={-1}>
          {room === 'one' ? (
            <BackButton label={t('settings.label')} pane="settings" onBack={() => setListing(true)} />
          ) : null}
          {tab === 'routing' ? (
            <RoutingPage drafts={drafts} onDrafts={onDrafts} onPriorities={() => onTab('groups')} />
          ) : null}
          {tab === 'hours' ? <HoursPage drafts={drafts} onDrafts={onDrafts} /> : null}
          {tab === 'canned' ? <CannedPage /> : null}
          {tab === 'labels' ? <LabelsPage /> : null}
          {tab === 'groups' ? <GroupsPage onOpen={openForGroup} /> : null}
          {tab === 'agents' ? <AgentsPage /> : null}
          {tab === 'assistants' ? <AssistantsPage /> : null}
          {tab === 'office' ? <OfficePage /> : null}
          {tab === 'asks' ? <AsksPage /> : null}
          {tab === 'chatPage' ? <ChatPagePage drafts={drafts} onDrafts={onDrafts} /> : null}
          {tab === 'widget' ? <WidgetPage /> : null}
          {tab === 'api' ? <ApiPage /> : null}
          {tab === 'webhooks' ? <WebhooksPage /> : null}
          {tab === 'blocks' ? <BlocksPage /> : null}
          {tab === 'audit' ? <AuditPage /> : null}
          {tab === 'access' ? <AccessPage /> : null}
        </main>
      )}
    </div>
  );
}
