import { isLogo, logoBytesMax } from '../../../../shared/protocol/logo';

/** What a supervisor may pick; it becomes a PNG. */
export const pickedLogos = 'image/png,image/jpeg,image/webp';

/** Its longer side, in pixels: the largest that fits. The page shows it 38 high. */
const sides = [192, 128, 96, 64];

/** Draws the picture anew, small and without what else was in the file. Null: it is no picture, or stays too large. */
export async function readLogo(file: File): Promise<string | null> {
  if (!pickedLogos.split(',').includes(file.type)) return null;
  const picture = await createImageBitmap(file).catch(() => null);
  if (picture === null) return null;
  try {
    for (const side of sides) {
      const scale = Math.min(1, side / Math.max(picture.width, picture.height));
      const canvas = document.createElement('canvas');
      canvas.width = Math.max(1, Math.round(picture.width * scale));
      canvas.height = Math.max(1, Math.round(picture.height * scale));
      const context = canvas.getContext('2d');
      if (context === null) return null;
      context.imageSmoothingQuality = 'high';
      context.drawImage(picture, 0, 0, canvas.width, canvas.height);
      const text = canvas.toDataURL('image/png').replace(/^data:image\/png;base64,/, '');
      if (text.length <= 4 * Math.ceil(logoBytesMax / 3) && isLogo(text)) return text;
    }
    return null;
  } finally {
    picture.close();
  }
}
