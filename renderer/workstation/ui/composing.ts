/** The key code that browsers set on keys handled by an input method. */
const keyTakenByInputMethod = 229;

/** Whether an input method is composing with this key, so that it must have no other effect. */
export function isComposing({ isComposing, keyCode }: Pick<KeyboardEvent, 'isComposing' | 'keyCode'>): boolean {
  return isComposing || keyCode === keyTakenByInputMethod;
}
