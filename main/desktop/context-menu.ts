import type { ContextMenuParams, MenuItemConstructorOptions } from 'electron';
import type { DesktopText } from '../../shared/text/desktop-en';

type Pressed = Pick<
  ContextMenuParams,
  | 'linkURL'
  | 'srcURL'
  | 'mediaType'
  | 'isEditable'
  | 'editFlags'
  | 'selectionText'
  | 'misspelledWord'
  | 'dictionarySuggestions'
>;

export interface ContextActions {
  copy(text: string): void;
  /** Saves the picture that the page shows at this address. */
  savePicture(url: string): void;
  replaceMisspelling(word: string): void;
}

/** The menu for what was right-clicked; empty if there is nothing to do with it. */
export function contextMenu(
  pressed: Pressed,
  text: DesktopText,
  actions: ContextActions,
): MenuItemConstructorOptions[] {
  const groups = [
    spelling(pressed, text, actions),
    link(pressed, text, actions),
    picture(pressed, text, actions),
    words(pressed, text),
  ].filter((group) => group.length > 0);
  return groups.flatMap((group, at) => (at === 0 ? group : [{ type: 'separator' }, ...group]));
}

function spelling({ misspelledWord, dictionarySuggestions }: Pressed, text: DesktopText, actions: ContextActions) {
  if (misspelledWord === '') return [];
  if (dictionarySuggestions.length === 0) return [{ label: text['menu.noSpelling'], enabled: false }];
  return dictionarySuggestions.map((word) => ({ label: word, click: () => actions.replaceMisspelling(word) }));
}

function link({ linkURL }: Pressed, text: DesktopText, actions: ContextActions) {
  if (linkURL === '') return [];
  return [{ label: text['menu.copyLink'], click: () => actions.copy(linkURL.replace(/^mailto:/, '')) }];
}

/** Pictures of messages: they are shown from memory, and their page knows their names. */
function picture({ mediaType, srcURL }: Pressed, text: DesktopText, actions: ContextActions) {
  if (mediaType !== 'image' || !srcURL.startsWith('blob:')) return [];
  return [{ label: text['menu.savePicture'], click: () => actions.savePicture(srcURL) }];
}

function words({ isEditable, editFlags, selectionText }: Pressed, text: DesktopText): MenuItemConstructorOptions[] {
  const copy: MenuItemConstructorOptions = { role: 'copy', label: text['menu.copy'], enabled: editFlags.canCopy };
  if (!isEditable) return selectionText.trim() === '' ? [] : [copy];
  return [
    { role: 'cut', label: text['menu.cut'], enabled: editFlags.canCut },
    copy,
    { role: 'paste', label: text['menu.paste'], enabled: editFlags.canPaste },
    { role: 'selectAll', label: text['menu.selectAll'], enabled: editFlags.canSelectAll },
  ];
}
