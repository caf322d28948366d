import { request } from 'node:http';
import { onTestFinished } from 'vitest';
import { Api } from '../../main/hub/api/api';
import { AttachmentDesk } from '../../main/hub/attachments/attachment-desk';
import { openListener } from '../../main/hub/listen/listener';
import { loopbackOnly } from '../../main/hub/listen/proxy-view';
import { AttachmentFiles } from '../../main/hub/store/attachment-files';
import type { HubKey } from '../../main/hub/store/hub-key';
import { type Scope, scope } from '../../shared/protocol/api-tokens';
import { widgetDefault } from '../../shared/protocol/widget';
import { temporaryFolder } from './folder';
import { type HubFixture, seededBytes, TestHub } from './hub';

export const scopes = scope.options;

export interface Sent {
  /** Null: none. */
  token?: string | null;
  /** Text and bytes are sent as they are. */
  body?: unknown;
  key?: string;
  headers?: Record<string, string>;
}

export interface Got {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look freely into answers
  json: any;
}

/** A hub whose agents' listener is open, with a token of every scope. */
export class ApiOffice {
  private constructor(
    readonly office: TestHub,
    readonly port: number,
  ) {}

  token = '';
  tokenId = '';

  static async open(fixture: HubFixture = {}): Promise<ApiOffice> {
    return ApiOffice.around(await TestHub.start(fixture));
  }

  /** `tls`: as on the listener for other machines. */
  static async around(office: TestHub, tls: HubKey | null = null): Promise<ApiOffice> {
    const { hub, limits } = office;
    const files = await AttachmentFiles.open(temporaryFolder(), limits.attachments, office.store.arrivals);
    const listener = await openListener({
      ...{ role: 'agent', access: loopbackOnly, tls, host: '127.0.0.1', port: 0, limits, log: hub.log },
      ...{ attachments: new AttachmentDesk(() => hub, files), pageFolder: temporaryFolder() },
      api: new Api(() => hub),
      config: () => hub.state.config,
      randomBytes: seededBytes(3),
      widget: () => widgetDefault,
      mayAsk: (address) => hub.door.request('agent', address),
      accept: () => ({ frame: () => undefined, control: () => undefined, closed: () => undefined }),
    });
    onTestFinished(() => listener.close());
    return new ApiOffice(office, listener.port);
  }

  /** Makes a token, which is used from now on unless another is named. */
  async make(name = 'Shop', its: readonly Scope[] = scopes): Promise<{ tokenId: string; token: string }> {
    const { tokenId, token } = (await this.boss({ op: 'apiToken.make', name, scopes: its })).result;
    this.token ||= token;
    this.tokenId ||= tokenId;
    return { tokenId, token };
  }

  /** A supervisor's command, and its answer. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look freely into answers
  async boss(command: object): Promise<any> {
    const boss = await this.office.supervisor('device-boss');
    const answer = await boss.asked(command);
    boss.leave();
    return answer;
  }

  get(path: string, sent: Sent = {}): Promise<Got> {
    return this.ask('GET', path, sent);
  }

  post(path: string, body: unknown, sent: Sent = {}): Promise<Got> {
    return this.ask('POST', path, { body, ...sent });
  }

  /** `path`: below `/api/v1`. Records become durable at once. */
  ask(method: string, path: string, sent: Sent = {}): Promise<Got> {
    return this.flushed(this.send(method, path, sent));
  }

  /** The same, but nothing becomes durable by itself. */
  send(method: string, path: string, { token = this.token, body, key, headers = {} }: Sent): Promise<Got> {
    const isRaw = body === undefined || typeof body === 'string' || Buffer.isBuffer(body);
    const text = isRaw ? body : JSON.stringify(body);
    const all = {
      ...(token === null ? {} : { Authorization: `Bearer ${token}` }),
      ...(text === undefined ? {} : { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(text) }),
      ...(key === undefined ? {} : { 'Idempotency-Key': key }),
      ...headers,
    };
    return new Promise((resolve, reject) => {
      const options = {
        host: '127.0.0.1',
        port: this.port,
        path: `/api/v1${path}`,
        method,
        headers: all,
        agent: false,
      };
      const sent = request(options, (response) => {
        let got = '';
        response.setEncoding('utf8');
        response.on('data', (piece) => {
          got += piece;
        });
        response.on('end', () => {
          const isJson = /json/.test(response.headers['content-type'] ?? '');
          const { statusCode: status = 0, headers: its } = response;
          resolve({ status, headers: its, text: got, json: isJson && got !== '' ? JSON.parse(got) : null });
        });
      });
      sent.on('error', reject);
      sent.end(text);
    });
  }

  /** Makes records durable at once until `work` is done. */
  async flushed<T>(work: Promise<T>): Promise<T> {
    let done = false;
    const noted = work.finally(() => {
      done = true;
    });
    while (!done) {
      this.office.store.flush();
      await new Promise((resolve) => setImmediate(resolve));
    }
    return noted;
  }
}
