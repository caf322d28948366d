import { type NativeImage, nativeImage } from 'electron';
import type { AgentStatus } from '../../shared/protocol/fields';
import appIcon from './assets/icon.png?inline';
import busy from './assets/tray-busy.png?inline';
import offline from './assets/tray-offline.png?inline';
import online from './assets/tray-online.png?inline';
import shortBreak from './assets/tray-short-break.png?inline';

const trayIcons: Record<AgentStatus, string> = { online, busy, shortBreak, offline };

export function appImage(): NativeImage {
  return nativeImage.createFromDataURL(appIcon);
}

/** The tray's icon in the colour of the status; 44 pixels for 22 points. */
export function trayImage(status: AgentStatus): NativeImage {
  const image = nativeImage.createEmpty();
  image.addRepresentation({ scaleFactor: 2, dataURL: trayIcons[status] });
  const small = nativeImage.createFromDataURL(trayIcons[status]).resize({ width: 22, height: 22, quality: 'best' });
  image.addRepresentation({ scaleFactor: 1, dataURL: small.toDataURL() });
  return image;
}
