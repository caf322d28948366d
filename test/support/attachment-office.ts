import { request } from 'node:http';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { Api } from '../../main/hub/api/api';
import { AttachmentDesk } from '../../main/hub/attachments/attachment-desk';
import type { ListenerRole } from '../../main/hub/limits';
import { openListener } from '../../main/hub/listen/listener';
import { loopbackOnly } from '../../main/hub/listen/proxy-view';
import { AttachmentFiles } from '../../main/hub/store/attachment-files';
import { widgetDefault } from '../../shared/protocol/widget';
import { temporaryFolder } from './folder';
import { type HubFixture, seededBytes, type TestClient, TestHub } from './hub';

export interface Got {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: Buffer;
  /** The body of an upload's answer or of a refusal. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look freely into answers
  json: any;
}

export interface Sent {
  method?: string;
  body?: Buffer;
  token?: string | null;
  headers?: Record<string, string>;
}

/** A hub with an in-memory wire, but real HTTP for uploads and downloads. */
export class AttachmentOffice {
  private constructor(
    readonly office: TestHub,
    readonly folder: string,
    readonly files: AttachmentFiles,
    readonly ports: Record<ListenerRole, number>,
  ) {}

  static async open(fixture: HubFixture = {}, folder = temporaryFolder()): Promise<AttachmentOffice> {
    return AttachmentOffice.around(await TestHub.start(fixture), folder);
  }

  static async around(office: TestHub, folder: string): Promise<AttachmentOffice> {
    const { hub, limits } = office;
    const files = await AttachmentFiles.open(folder, limits.attachments, office.store.arrivals);
    const attachments = new AttachmentDesk(() => hub, files);
    const port = async (role: ListenerRole) => {
      const listener = await openListener({
        ...{ role, access: loopbackOnly, tls: null, host: '127.0.0.1', port: 0, limits, log: hub.log, attachments },
        pageFolder: join(folder, 'pages'),
        api: new Api(() => hub),
        randomBytes: seededBytes(3),
        config: () => hub.state.config,
        widget: () => widgetDefault,
        mayAsk: (address) => hub.door.request(role, address),
        accept: () => ({ frame: () => undefined, control: () => undefined, closed: () => undefined }),
      });
      onTestFinished(() => listener.close());
      return listener.port;
    };
    return new AttachmentOffice(office, folder, files, {
      agent: await port('agent'),
      customer: await port('customer'),
    });
  }

  /** Uploads as `client`, with its token; records become durable at once. */
  ask(client: TestClient, path: string, sent: Sent = {}): Promise<Got> {
    return this.flushed(this.send(client.role, path, { token: client.welcome.token, ...sent }));
  }

  /** Makes records durable at once until `work` is done. */
  async flushed<T>(work: Promise<T>): Promise<T> {
    let done = false;
    const noted = work.finally(() => {
      done = true;
    });
    while (!done) {
      await new Promise((resolve) => setImmediate(resolve));
      if (this.office.flushing === 'auto') this.office.flush();
    }
    return noted;
  }

  upload(client: TestClient, body: Buffer, sent: Sent = {}): Promise<Got> {
    return this.ask(client, '/attachments', { method: 'POST', body, ...sent });
  }

  /** Uploads a file and sends it as a message; returns the attachment as the message shows it. */
  async say(client: TestClient, body: Buffer, name: string, conversation: object = {}) {
    const { attachmentId } = (await this.upload(client, body)).json;
    return client.command({ op: 'message.send', text: '', attachments: [{ attachmentId, name }], ...conversation });
  }

  send(role: ListenerRole, path: string, { method = 'GET', body, token, headers = {} }: Sent): Promise<Got> {
    return new Promise((resolve, reject) => {
      const proof = token ? { authorization: `Bearer ${token}` } : {};
      const options = { host: '127.0.0.1', port: this.ports[role], path, method, agent: false };
      const asked = request({ ...options, headers: { ...proof, ...headers } }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk) => chunks.push(chunk));
        response.on('end', () => {
          const all = Buffer.concat(chunks);
          const isJson = response.headers['content-type'] === 'application/json';
          const json = isJson ? JSON.parse(all.toString()) : null;
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: all, json });
        });
      });
      asked.on('error', reject);
      asked.end(body);
    });
  }
}
