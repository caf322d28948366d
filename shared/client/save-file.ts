/** As bytes of no type: saved, never opened by the browser. */
export function saveFile(file: Blob, name: string): void {
  const url = URL.createObjectURL(new Blob([file], { type: 'application/octet-stream' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // Read by then; the browser lets go of it with the page at the latest.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
