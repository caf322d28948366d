/** What happy-dom has not: `insertText` and `delete` into the focused field, told to the page as typing is. */
export function execCommand(_name: string, _showUi: boolean, text: string): boolean {
  const box = document.activeElement;
  if (!(box instanceof HTMLTextAreaElement)) return false;
  const { value, selectionStart, selectionEnd } = box;
  const setValue = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value')?.set;
  setValue?.call(box, value.slice(0, selectionStart) + text + value.slice(selectionEnd));
  box.setSelectionRange(selectionStart + text.length, selectionStart + text.length);
  return box.dispatchEvent(new Event('input', { bubbles: true }));
}
