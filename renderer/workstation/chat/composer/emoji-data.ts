import enEmojis from 'emojibase-data/en/data.json?url';
import enNames from 'emojibase-data/en/messages.json?url';
import zhEmojis from 'emojibase-data/zh/data.json?url';
import zhNames from 'emojibase-data/zh/messages.json?url';
import type { EmojiData } from 'frimousse';
import type { Language } from '../../../../shared/protocol/fields';

/** The part of emojibase's files that is used. */
export interface Emojibase {
  emojis: { emoji: string; group?: number; label: string; tags?: string[]; version: number }[];
  names: { groups: { key: string; message: string; order: number }[] };
}

/** Emoji up to 2020, which all systems that Foyer runs on and most phones can display. */
const newestVersion = 13.1;
/** The group of modifiers (skin tones, hair), which are no emoji by themselves. */
const partsGroup = 'component';

const files = { en: [enEmojis, enNames], zh: [zhEmojis, zhNames] } as const;

/** The emoji with their names in a language, from this app's own files. */
export async function loadEmoji(language: Language): Promise<EmojiData> {
  const [emojis, names] = await Promise.all(files[language].map(async (url) => (await fetch(url)).json()));
  return emojiDataOf(language, { emojis, names });
}

export function emojiDataOf(language: Language, { emojis, names }: Emojibase): EmojiData {
  const groups = names.groups.filter(({ key }) => key !== partsGroup);
  const shown = new Set(groups.map(({ order }) => order));
  return {
    locale: language,
    categories: groups.map(({ order, message }) => ({ index: order, label: message })),
    emojis: emojis.flatMap(({ emoji, group, label, tags = [], version }) =>
      group !== undefined && shown.has(group) && version <= newestVersion
        ? [{ emoji, category: group, label, tags, version }]
        : [],
    ),
    skinTones: { light: '', 'medium-light': '', medium: '', 'medium-dark': '', dark: '' },
  };
}
