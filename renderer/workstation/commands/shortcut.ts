/** `mod` is Ctrl, and Cmd on macOS. */
export interface Shortcut {
  /** As `KeyboardEvent.key`; letters in lower case. */
  key: string;
  mod?: boolean;
  shift?: boolean;
  alt?: boolean;
}

export type Pressed = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>;

export function isPressed(shortcut: Shortcut, event: Pressed, mac: boolean): boolean {
  const { key, mod = false, shift = false, alt = false } = shortcut;
  if ((mac ? event.metaKey : event.ctrlKey) !== mod || (mac ? event.ctrlKey : event.metaKey)) return false;
  // Whether a punctuation sign needs Shift depends on the keyboard layout.
  if (event.altKey !== alt || (event.shiftKey !== shift && !isSign(key))) return false;
  return event.key.toLowerCase() === key.toLowerCase() || isSameKeyElsewhere(key, event);
}

/** The key types a character, so it must not act as a shortcut in a text field. */
export function isTyped({ key, mod, alt }: Shortcut): boolean {
  return key.length === 1 && !mod && !alt;
}

const isSign = (key: string) => key.length === 1 && !/[a-z0-9]/.test(key);

/** Matches by the key's position on a layout without Latin letters. */
function isSameKeyElsewhere(key: string, event: Pressed): boolean {
  return /^[a-z]$/.test(key) && !/^[a-z]$/i.test(event.key) && event.code === `Key${key.toUpperCase()}`;
}

const signs: Readonly<Record<string, string>> = { ArrowUp: '↑', ArrowDown: '↓', Enter: '↵' };

/** What is printed on the keys. */
export function keysOf({ key, mod, shift, alt }: Shortcut, mac: boolean): string[] {
  const names = mac ? { mod: '⌘', shift: '⇧', alt: '⌥' } : { mod: 'Ctrl', shift: 'Shift', alt: 'Alt' };
  const held = [mod && names.mod, alt && names.alt, shift && names.shift].filter((each) => typeof each === 'string');
  return [...held, signs[key] ?? (key.length === 1 ? key.toUpperCase() : key)];
}

/** For `aria-keyshortcuts`. */
export function ariaKeys({ key, mod, shift, alt }: Shortcut, mac: boolean): string {
  const held = [mod && (mac ? 'Meta' : 'Control'), alt && 'Alt', shift && 'Shift'];
  return [...held, key.length === 1 ? key.toUpperCase() : key].filter(Boolean).join('+');
}
