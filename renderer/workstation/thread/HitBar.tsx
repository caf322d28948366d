import { ActionIcon } from '@mantine/core';
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { useText } from '../ui/text';
import classes from './HitBar.module.css';

interface HitBarProps {
  /** From 0. */
  at: number;
  count: number;
  onGo: (to: number) => void;
}

/** Leads from one message that was searched for to the next. */
export function HitBar({ at, count, onGo }: HitBarProps) {
  const t = useText();
  const button = (to: number, label: string, command: string, icon: React.ReactNode) => (
    <ActionIcon
      variant="subtle"
      color="gray"
      size="sm"
      disabled={to < 0 || to >= count}
      aria-label={label}
      title={label}
      onClick={() => onGo(to)}
      data-command={command}
    >
      {icon}
    </ActionIcon>
  );
  return (
    <div className={classes.bar}>
      <span role="status">{t('conversation.hit', { at: at + 1, of: count })}</span>
      {button(at - 1, t('conversation.hitBefore'), 'hit.previous', <IconChevronUp size={16} />)}
      {button(at + 1, t('conversation.hitNext'), 'hit.next', <IconChevronDown size={16} />)}
    </div>
  );
}
