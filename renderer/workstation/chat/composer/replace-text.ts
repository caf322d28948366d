/** Replaces a part of the text as typing would: the caret stands behind it, and the field's own undo takes it back. */
export function replaceText(box: HTMLTextAreaElement, from: number, to: number, text: string): void {
  box.focus();
  box.setSelectionRange(from, to);
  // Deprecated, but no other way is known to a browser's undo.
  document.execCommand(text === '' ? 'delete' : 'insertText', false, text);
}
