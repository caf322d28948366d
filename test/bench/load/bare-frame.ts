/** How a frame for the bare peers begins: the place of the socket it goes to, then the number of the message. */
export const placeBytes = 4;
const markBytes = 9;
export const headBytes = placeBytes + markBytes;

export function bareHead(place: number, mark: number): string {
  return String(place).padStart(placeBytes, '0') + String(mark).padStart(markBytes, '0');
}

export function markOfBareHead(frame: string): number {
  return Number(frame.slice(placeBytes, headBytes));
}
