import { describe, expect, it } from 'vitest';
import { type ContextActions, contextMenu } from '../../main/desktop/context-menu';
import { desktopText } from '../../main/desktop/tray-menu';

type Pressed = Parameters<typeof contextMenu>[0];

const nothing = {
  ...{ linkURL: '', srcURL: '', mediaType: 'none', isEditable: false, selectionText: '' },
  ...{ misspelledWord: '', dictionarySuggestions: [] },
  editFlags: { canCut: false, canCopy: false, canPaste: true, canSelectAll: true },
} as unknown as Pressed;

function open(pressed: Partial<Pressed>, language: 'en' | 'zh' = 'en') {
  const done: unknown[] = [];
  const actions: ContextActions = {
    copy: (text) => void done.push(['copy', text]),
    savePicture: (url) => void done.push(['save', url]),
    replaceMisspelling: (word) => void done.push(['replace', word]),
  };
  const items = contextMenu({ ...nothing, ...pressed }, desktopText(language), actions);
  const choose = (label: string) => {
    const item = items.find((each) => each.label === label);
    (item?.click as (() => void) | undefined)?.();
    return done;
  };
  return { labels: items.map(({ type, label }) => type ?? label), items, choose };
}

describe('The menu of a right click', () => {
  it('is not there where nothing can be done', () => {
    expect(open({}).labels).toEqual([]);
    expect(open({ selectionText: ' \n' }).labels).toEqual([]);
  });

  it('in a field has cut, copy, paste and select all, each as far as it can be done', () => {
    const { labels, items } = open({ isEditable: true });
    expect(labels).toEqual(['Cut', 'Copy', 'Paste', 'Select all']);
    expect(items.map(({ role, enabled }) => [role, enabled])).toEqual([
      ['cut', false],
      ['copy', false],
      ['paste', true],
      ['selectAll', true],
    ]);
    expect(open({ isEditable: true }, 'zh').labels).toEqual(['剪切', '复制', '粘贴', '全选']);
  });

  it('on selected words copies them', () => {
    const { items } = open({ selectionText: 'the lamp', editFlags: { ...nothing.editFlags, canCopy: true } });
    expect(items).toMatchObject([{ role: 'copy', enabled: true }]);
  });

  it('on a link copies its address, of a mail address that alone', () => {
    expect(open({ linkURL: 'https://a.example/b' }).choose('Copy link')).toEqual([['copy', 'https://a.example/b']]);
    expect(open({ linkURL: 'mailto:mei@a.example' }).choose('Copy link')).toEqual([['copy', 'mei@a.example']]);
  });

  it('on a picture of a message saves it; not on one of the page itself', () => {
    const url = 'blob:app://foyer/1';
    expect(open({ mediaType: 'image', srcURL: url }).choose('Save picture …')).toEqual([['save', url]]);
    expect(open({ mediaType: 'image', srcURL: 'app://foyer/foyer.svg' }).labels).toEqual([]);
  });

  it('on a misspelled word offers others before the rest', () => {
    const wrong = { isEditable: true, misspelledWord: 'lmap', dictionarySuggestions: ['lamp', 'map'] };
    expect(open(wrong).labels.slice(0, 4)).toEqual(['lamp', 'map', 'separator', 'Cut']);
    expect(open(wrong).choose('lamp')).toEqual([['replace', 'lamp']]);
    expect(open({ ...wrong, dictionarySuggestions: [] }).items[0]).toMatchObject({ enabled: false });
  });
});
