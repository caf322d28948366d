import type { WidgetSettings } from '../../../shared/protocol/widget';
import type { Api } from '../api/api';
import type { AttachmentDesk } from '../attachments/attachment-desk';
import type { HubLimits, ListenerRole } from '../limits';
import type { Log } from '../ports';
import type { Line } from '../session/session';
import type { Config } from '../state/config';
import type { HubKey } from '../store/hub-key';
import type { Receiver } from './connection';
import type { OutsideAccess } from './proxy-view';

export interface ListenerOptions {
  role: ListenerRole;
  access: OutsideAccess;
  /** Set on the listener for other machines: TLS 1.3, the wire only. Null: plain, with a page. */
  tls: Pick<HubKey, 'key' | 'certificate'> | null;
  host: string;
  port: number;
  pageFolder: string;
  limits: HubLimits;
  log: Log;
  attachments: AttachmentDesk;
  /** Served to programs on the agents' listeners. */
  api: Pick<Api, 'serve'>;
  randomBytes(size: number): Uint8Array;
  /** How long an address has to wait before a request; 0: admitted. */
  mayAsk(address: string): number;
  /** As it is now. */
  config(): Config;
  /** The office's settings of the widget, as they are now. */
  widget(): WidgetSettings;
  accept(line: Line): Receiver;
}
