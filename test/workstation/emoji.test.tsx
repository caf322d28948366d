// @vitest-environment happy-dom
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { emojiDataOf } from '../../renderer/workstation/chat/composer/emoji-data';
import { rootFolder } from '../support/electron';

const read = (path: string) => JSON.parse(readFileSync(join(rootFolder, 'node_modules/emojibase-data', path), 'utf8'));
const dataOf = (language: 'en' | 'zh') =>
  emojiDataOf(language, { emojis: read(`${language}/data.json`), names: read(`${language}/messages.json`) });

describe('The emoji to choose from', () => {
  it('have names and words to find them by in both languages, each in a group that is there', () => {
    const [en, zh] = [dataOf('en'), dataOf('zh')];
    const labelOf = ({ emojis }: typeof en, wanted: string) => emojis.find(({ emoji }) => emoji === wanted)?.label;
    expect(labelOf(en, '🙏')).toBe('folded hands');
    expect(labelOf(zh, '🙏')).toBe('双手合十');
    expect(en.emojis.length).toBeGreaterThan(1_500);
    expect(zh.emojis.map(({ emoji }) => emoji)).toEqual(en.emojis.map(({ emoji }) => emoji));
    const groups = new Set(en.categories.map(({ index }) => index));
    expect(en.emojis.filter(({ category }) => !groups.has(category))).toEqual([]);
  });

  it('are none that a phone of some years cannot draw, and no skin tones by themselves', () => {
    const { emojis } = dataOf('en');
    expect(Math.max(...emojis.map(({ version }) => version))).toBe(13.1);
    expect(emojis.some(({ emoji }) => emoji === '🏽' || emoji === '🇧')).toBe(false);
  });
});
