/** Set by browsers on keys that an input method has taken. */
const keyTakenByInputMethod = 229;

/** Whether a key belongs to a word that is still being composed: then it does nothing else. */
export function isComposing({ isComposing, keyCode }: Pick<KeyboardEvent, 'isComposing' | 'keyCode'>): boolean {
  return isComposing || keyCode === keyTakenByInputMethod;
}
