import { EmojiPicker, type EmojiPickerListComponents } from 'frimousse';
import { PaneLoading } from '../../ui/Pane';
import { useLanguage, useText } from '../../ui/text';
import classes from './EmojiButton.module.css';
import { loadEmoji } from './emoji-data';

const columns = 9;

/** Search by name in the user's language; arrows and Enter choose. */
export function EmojiGrid({ onPick }: { onPick(emoji: string): void }) {
  const t = useText();
  const { language } = useLanguage();
  return (
    <EmojiPicker.Root
      className={classes.picker}
      locale={language}
      columns={columns}
      resolveEmojiData={() => loadEmoji(language)}
      onEmojiSelect={({ emoji }) => onPick(emoji)}
    >
      <EmojiPicker.Search
        className={classes.search}
        autoFocus
        placeholder={t('emoji.search')}
        aria-label={t('emoji.search')}
      />
      <EmojiPicker.Viewport className={classes.list} tabIndex={0}>
        <EmojiPicker.Loading>
          <PaneLoading label={t('emoji.loading')} />
        </EmojiPicker.Loading>
        <EmojiPicker.Empty className={classes.none}>{t('emoji.none')}</EmojiPicker.Empty>
        <EmojiPicker.List aria-label={t('emoji.pick')} components={{ CategoryHeader, Row, Emoji }} />
      </EmojiPicker.Viewport>
    </EmojiPicker.Root>
  );
}

const CategoryHeader: EmojiPickerListComponents['CategoryHeader'] = ({ category, ...props }) => (
  <div {...props} className={classes.category}>
    {category.label}
  </div>
);

/** ARIA counts rows from one, the library from zero. All columns are in the DOM, so they need no index. */
const Row: EmojiPickerListComponents['Row'] = (props) => {
  const counted = { ...props, 'aria-rowindex': (props['aria-rowindex'] ?? 0) + 1 };
  return <div {...counted} className={classes.row} />;
};

const Emoji: EmojiPickerListComponents['Emoji'] = ({ emoji, ...props }) => {
  const counted = { ...props, 'aria-colindex': undefined };
  return (
    <button {...counted} type="button" className={classes.emoji}>
      {emoji.emoji}
    </button>
  );
};
