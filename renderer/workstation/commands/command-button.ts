/** The button of this command, if it is on the page and enabled. */
export function findButton(id: string): HTMLButtonElement | null {
  return document.querySelector<HTMLButtonElement>(`button[data-command="${id}"]:not(:disabled)`);
}
