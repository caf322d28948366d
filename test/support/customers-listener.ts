import { mkdirSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { Api } from '../../main/hub/api/api';
import { AttachmentDesk } from '../../main/hub/attachments/attachment-desk';
import { openListener } from '../../main/hub/listen/listener';
import { loopbackOnly } from '../../main/hub/listen/proxy-view';
import { AttachmentFiles } from '../../main/hub/store/attachment-files';
import { type WidgetSettings, widgetDefault } from '../../shared/protocol/widget';
import { temporaryFolder } from './folder';
import { seededBytes, type TestHub } from './hub';

export interface Got {
  status: number;
  headers: Record<string, string | undefined>;
  body: Buffer;
}

/** An office's listeners over built pages, asked by plain HTTP. */
export class CustomersListener {
  private widget: WidgetSettings = { ...widgetDefault };

  private constructor(private readonly ports: Record<'agent' | 'customer', number>) {}

  static async open(office: TestHub): Promise<CustomersListener> {
    const files = await AttachmentFiles.open(temporaryFolder(), office.limits.attachments, office.store.arrivals);
    const attachments = new AttachmentDesk(() => office.hub, files);
    const pageFolder = temporaryFolder();
    mkdirSync(join(pageFolder, 'assets'));
    for (const [name, text] of Object.entries({ 'index.html': 'chat', 'try.html': 'shop', 'widget.js': 'run()' }))
      writeFileSync(join(pageFolder, name), text);
    const ports = { agent: 0, customer: 0 };
    const listening = new CustomersListener(ports);
    for (const role of ['agent', 'customer'] as const) {
      const listener = await openListener({
        ...{ role, access: loopbackOnly, tls: null, host: '127.0.0.1', port: 0, pageFolder, attachments },
        ...{ limits: office.hub.limits, log: office.hub.log, randomBytes: seededBytes(3), mayAsk: () => 0 },
        api: new Api(() => office.hub),
        config: () => office.hub.state.config,
        widget: () => listening.widget,
        accept: () => ({ frame: () => undefined, control: () => undefined, closed: () => undefined }),
      });
      onTestFinished(() => listener.close());
      ports[role] = listener.port;
    }
    return listening;
  }

  set(change: Partial<WidgetSettings>): void {
    this.widget = { ...this.widget, ...change };
  }

  get(path: string, headers: Record<string, string> = {}, role: 'agent' | 'customer' = 'customer'): Promise<Got> {
    return new Promise((resolve, reject) => {
      const sent = request({ host: '127.0.0.1', port: this.ports[role], path, headers, agent: false }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk) => chunks.push(chunk));
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers as Got['headers'],
            body: Buffer.concat(chunks),
          }),
        );
      });
      sent.on('error', reject);
      sent.end();
    });
  }
}
