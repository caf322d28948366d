/** The size in pixels to reserve for a picture: its own, scaled down to fit a square of `side`. */
export function pictureRoom(
  { width = 240, height = 180 }: { width?: number | undefined; height?: number | undefined },
  side: number,
): { width: number; height: number } {
  const scale = Math.min(1, side / width, side / height);
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}
