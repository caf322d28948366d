import { Tooltip, UnstyledButton } from '@mantine/core';
import { IconHistory, IconMessage, IconSettings, IconUsers } from '@tabler/icons-react';
import type { Page } from '../navigation/pages';
import { useWanted } from '../session/session-context';
import { useText } from '../ui/text';
import classes from './Rail.module.css';

const icons = { chats: IconMessage, history: IconHistory, team: IconUsers, settings: IconSettings };

export function Rail({ page, onPage }: { page: Page; onPage: (page: Page) => void }) {
  const t = useText();
  const wanted = useWanted();
  const item = (each: Page) => {
    const Icon = icons[each];
    return (
      <Tooltip label={t(`rail.${each}`)} position="right" key={each}>
        <UnstyledButton
          className={classes.item}
          aria-label={t(`rail.${each}`)}
          aria-current={page === each ? 'page' : undefined}
          onClick={() => onPage(each)}
        >
          <Icon size={20} stroke={1.7} aria-hidden="true" />
          {each === 'chats' && wanted > 0 && page !== 'chats' ? <span className={classes.count}>{wanted}</span> : null}
        </UnstyledButton>
      </Tooltip>
    );
  };
  return (
    <nav className={classes.rail} aria-label={t('rail.label')} data-pane="rail">
      {item('chats')}
      {item('history')}
      {item('team')}
      <span className={classes.gap} />
      {item('settings')}
    </nav>
  );
}
