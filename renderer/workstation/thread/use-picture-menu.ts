import { useEffect, useEffectEvent } from 'react';
import { useServices } from '../services/services';

/** Saves the picture shown at `url` when that is chosen in the desktop's menu. */
export function usePictureMenu(url: string | null, save: () => void): void {
  const { desktop } = useServices();
  const chosen = useEffectEvent((of: string) => {
    if (of === url) save();
  });
  useEffect(() => desktop?.on('picture.save', (event) => chosen(event.url)), [desktop]);
}
