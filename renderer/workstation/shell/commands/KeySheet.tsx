import { Modal } from '@mantine/core';
import { commandGroups, commands } from '../../commands/commands';
import type { Shortcut } from '../../commands/shortcut';
import { useServices } from '../../services/services';
import { useText } from '../../ui/text';
import classes from './Commands.module.css';
import { Keys } from './Keys';

interface FixedKey {
  label: 'keys.send' | 'keys.line' | 'canned.ask' | 'keys.zoomIn' | 'keys.zoomOut' | 'keys.zoomReset';
  shortcut: Shortcut;
  /** A shortcut of the desktop's window; a browser has its own. */
  desktop?: boolean;
}

/** Keys that fields or the window handle (main/desktop/menu.ts), so they are not in the table of commands. */
const fixedKeys: readonly FixedKey[] = [
  { label: 'keys.send', shortcut: { key: 'Enter' } },
  { label: 'keys.line', shortcut: { key: 'Enter', shift: true } },
  { label: 'canned.ask', shortcut: { key: '/' } },
  { label: 'keys.zoomIn', shortcut: { key: '+', mod: true }, desktop: true },
  { label: 'keys.zoomOut', shortcut: { key: '-', mod: true }, desktop: true },
  { label: 'keys.zoomReset', shortcut: { key: '0', mod: true }, desktop: true },
];

/** All the shortcuts. */
export function KeySheet({ onClose }: { onClose: () => void }) {
  const t = useText();
  const { desktop } = useServices();
  const fixed = fixedKeys.filter((each) => !each.desktop || desktop !== null);
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('keys.title')}
      size="lg"
      transitionProps={{ duration: 0 }}
      returnFocus={false}
    >
      <div className={classes.sheet}>
        {commandGroups.map((group) => {
          const rows = commands.flatMap(({ id, label, shortcut, ...command }) =>
            command.group === group && shortcut ? [{ id, label: label(t), shortcut }] : [],
          );
          return rows.length > 0 ? <Section key={group} title={t(`keys.group.${group}`)} rows={rows} /> : null;
        })}
        <Section
          title={t('keys.group.fixed')}
          rows={fixed.map(({ label, shortcut }) => ({ id: label, label: t(label), shortcut }))}
        />
      </div>
    </Modal>
  );
}

interface SectionProps {
  title: string;
  rows: readonly { id: string; label: string; shortcut: Shortcut }[];
}

function Section({ title, rows }: SectionProps) {
  return (
    <section aria-label={title}>
      <h3>{title}</h3>
      <dl>
        {rows.map(({ id, label, shortcut }) => (
          <div key={id}>
            <dt>{label}</dt>
            <dd>
              <Keys shortcut={shortcut} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
