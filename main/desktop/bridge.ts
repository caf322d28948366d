import { type IpcMainInvokeEvent, ipcMain, type WebContents } from 'electron';
import type { DesktopCalls, DesktopEvents } from '../../shared/desktop-api';
import type { Log } from '../hub/ports';
import { checkCall } from './call-arguments';
import { callChannel, eventChannel } from './channels';

export type CallHandlers = { [K in keyof DesktopCalls]: DesktopCalls[K] };

/** Tells the page something; does nothing while there is no page. */
export type Tell = <K extends keyof DesktopEvents>(name: K, payload: DesktopEvents[K]) => void;

/**
 * The one way from the page into the main process. A call is answered only when it comes from the main frame of `page`,
 * still on `origin`, and its arguments are what the map says.
 */
export function openBridge(page: () => WebContents | null, origin: string, handlers: CallHandlers, log: Log): Tell {
  ipcMain.handle(callChannel, async (event, name: unknown, args: unknown) => {
    if (!isFrom(event, page(), origin)) {
      log.warn('bridge.senderRefused');
      throw new Error('refused');
    }
    const call = checkCall(name, args);
    if (!call.ok) {
      log.warn('bridge.callRefused', { reason: call.reason });
      throw new Error(call.reason);
    }
    const handler = handlers[call.name] as (...checked: unknown[]) => Promise<unknown>;
    return handler(...call.args);
  });
  return (name, payload) => {
    const contents = page();
    if (contents && !contents.isDestroyed()) contents.send(eventChannel, name, payload);
  };
}

function isFrom(event: IpcMainInvokeEvent, page: WebContents | null, origin: string): boolean {
  const frame = event.senderFrame;
  return (
    page !== null && event.sender === page && frame !== null && frame === page.mainFrame && isOn(frame.url, origin)
  );
}

function isOn(address: string, origin: string): boolean {
  try {
    const url = new URL(address);
    return `${url.protocol}//${url.host}` === origin;
  } catch {
    return false;
  }
}
