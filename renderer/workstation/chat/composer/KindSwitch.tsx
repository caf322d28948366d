import { UnstyledButton } from '@mantine/core';
import { IconMessage, IconNote } from '@tabler/icons-react';
import type { MessageKind } from '../../session/office-state';
import { useText } from '../../ui/text';
import classes from './KindSwitch.module.css';

const icons = { reply: IconMessage, note: IconNote } as const;

/** Switches between reply and note. The `data-command` is on the unchosen one, so its shortcut switches over. */
export function KindSwitch({ kind, kinds, onKind }: KindSwitchProps) {
  const t = useText();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset brings a frame and a legend
    <div className={classes.kinds} role="group" aria-label={t('composer.kind')}>
      {kinds.map((each) => {
        const Icon = icons[each];
        return (
          <UnstyledButton
            key={each}
            className={classes.kind}
            aria-pressed={each === kind}
            onClick={() => onKind(each)}
            data-command={each === kind ? undefined : 'composer.switch'}
          >
            <Icon size={15} aria-hidden="true" />
            {t(each === 'note' ? 'composer.note' : 'composer.reply')}
          </UnstyledButton>
        );
      })}
    </div>
  );
}

interface KindSwitchProps {
  kind: MessageKind;
  kinds: readonly MessageKind[];
  onKind(kind: MessageKind): void;
}
