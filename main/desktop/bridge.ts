import type { IpcMainInvokeEvent, WebContents } from 'electron';
import type { CallsOf, CardCalls, CardEvents, DesktopCalls, DesktopEvents } from '../../shared/desktop-api';
import type { Log } from '../hub/ports';
import { type ArgumentsOf, callArguments, cardArguments, checkCall } from './call-arguments';
import { callChannel, eventChannel } from './channels';

/** Sends an event to a page; does nothing if the page is gone. */
export type Tell<Events> = <K extends keyof Events>(name: K, payload: Events[K]) => void;

/** Answers a call whose arguments have passed the schema in `call-arguments.ts`. */
type Checked = (...args: unknown[]) => Promise<unknown>;

/**
 * The only way from a page into the main process, for the window of `contents` alone. A call is answered only if it
 * comes from that window's main frame, still on `origin`, and its arguments fit their schema.
 */
function openBridge<Calls extends CallsOf<Calls>, Events>(
  contents: WebContents,
  origin: string,
  { args, handlers, log }: { args: ArgumentsOf<Calls>; handlers: Calls; log: Log },
): Tell<Events> {
  contents.ipc.handle(callChannel, async (event, name: unknown, given: unknown) => {
    if (!isFrom(event, contents, origin)) {
      log.warn('bridge.senderRefused');
      throw new Error('refused');
    }
    const call = checkCall(args, name, given);
    if (!call.ok) {
      log.warn('bridge.callRefused', { reason: call.reason });
      throw new Error(call.reason);
    }
    const handler = handlers[call.name] as unknown as Checked;
    return handler(...call.args);
  });
  return (name, payload) => {
    if (!contents.isDestroyed()) contents.send(eventChannel, name, payload);
  };
}

/** For the workstation's page. */
export function openPageBridge(contents: WebContents, origin: string, handlers: DesktopCalls, log: Log) {
  return openBridge<DesktopCalls, DesktopEvents>(contents, origin, { args: callArguments, handlers, log });
}

/** For the card window's page. */
export function openCardBridge(contents: WebContents, origin: string, handlers: CardCalls, log: Log) {
  return openBridge<CardCalls, CardEvents>(contents, origin, { args: cardArguments, handlers, log });
}

function isFrom(event: IpcMainInvokeEvent, page: WebContents, origin: string): boolean {
  const frame = event.senderFrame;
  return event.sender === page && frame !== null && frame === page.mainFrame && isOn(frame.url, origin);
}

function isOn(address: string, origin: string): boolean {
  try {
    const url = new URL(address);
    return `${url.protocol}//${url.host}` === origin;
  } catch {
    return false;
  }
}
