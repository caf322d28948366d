/** The button that does it, when it is in sight and can be pressed. */
export function findButton(id: string): HTMLButtonElement | null {
  return document.querySelector<HTMLButtonElement>(`button[data-command="${id}"]:not(:disabled)`);
}
