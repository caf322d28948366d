import { ActionIcon, Button, FileButton } from '@mantine/core';
import { IconPaperclip, IconSlash } from '@tabler/icons-react';
import { useRef } from 'react';
import { pickedFiles } from '../../../../shared/protocol/file-name';
import { useText } from '../../ui/text';
import classes from './Composer.module.css';
import { EmojiButton } from './EmojiButton';

interface ComposerBarProps {
  isNote: boolean;
  /** By how many characters the text is too long; 0 or less: not at all. */
  over: number;
  isSendable: boolean;
  onAskForCanned: () => void;
  onInsert: (text: string) => void;
  onFiles: (files: File[]) => void;
  onSend: () => void;
}

/** Below the field: canned replies, emoji, files, what is wrong, and the button that sends. */
export function ComposerBar({ isNote, over, isSendable, ...on }: ComposerBarProps) {
  const t = useText();
  const resetPicker = useRef<() => void>(null);
  const picked = (files: File[]) => {
    on.onFiles(files);
    // The same file may be picked again.
    resetPicker.current?.();
  };
  return (
    <div className={classes.bar}>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={t('canned.ask')}
        onClick={on.onAskForCanned}
        data-command="canned.ask"
      >
        <IconSlash size={18} />
      </ActionIcon>
      <EmojiButton onPick={on.onInsert} />
      {isNote ? null : (
        <FileButton multiple accept={pickedFiles} resetRef={resetPicker} onChange={picked}>
          {(props) => (
            <ActionIcon {...props} variant="subtle" color="gray" aria-label={t('files.pick')} data-command="files.pick">
              <IconPaperclip size={18} stroke={1.6} />
            </ActionIcon>
          )}
        </FileButton>
      )}
      <span className={classes.hint} data-wrong={over > 0} role={over > 0 ? 'alert' : undefined}>
        {over > 0 ? t('composer.tooLong', { count: over }) : t('composer.hint')}
      </span>
      <Button onClick={on.onSend} disabled={!isSendable}>
        {t(isNote ? 'note.add' : 'composer.send')}
      </Button>
    </div>
  );
}
