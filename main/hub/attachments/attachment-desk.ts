import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { AttachmentView, UploadedFile } from '../../../shared/protocol/attachments';
import type { Door } from '../admission/door';
import type { History } from '../history/history';
import type { ListenerRole } from '../limits';
import type { Loop } from '../loop/loop';
import { mayRead } from '../rights/audience';
import { blockOf } from '../rights/blocks';
import { hasMetAgent, routedConversation } from '../state/routing-view';
import { type AttachmentFiles, tooLarge } from '../store/attachment-files';
import { AttachmentRefused } from '../store/attachment-refused';
import { addressKey } from '../system/addresses';
import { hashSecret } from '../system/tokens';
import { atPace } from './upload-pace';

/** The sender of a request, known by token. */
type Customer = { kind: 'customer'; customerId: string };
type Person = { kind: 'agent'; agentId: string } | Customer;

/** The parts of the hub needed to take in and serve files. */
interface FilesHub extends Loop {
  readonly door: Pick<Door, 'upload' | 'uploadBytes' | 'noRoomForFiles'>;
  readonly history: Pick<History, 'fileOf' | 'fileIn'>;
}

/** Handles uploads and downloads: `POST /attachments`, `GET /attachments/<conversationId>/<attachmentId>`. */
export class AttachmentDesk {
  constructor(
    /** The hub running now. */
    private readonly hub: () => FilesHub,
    private readonly files: AttachmentFiles,
  ) {}

  /** Answers any request that has passed the listener's allow-list. */
  async serve(role: ListenerRole, path: string, address: string, request: IncomingMessage, response: ServerResponse) {
    try {
      const person = this.personOf(role, address, request);
      if (request.method === 'POST' && path === '/attachments')
        return await this.upload(role, person, address, request, response);
      if (path === '/attachments') throw new AttachmentRefused(405, 'methodNotAllowed', 'Files are sent here by POST.');
      if (request.method !== 'GET') throw new AttachmentRefused(405, 'methodNotAllowed', 'Files are fetched by GET.');
      return await this.download(person, path, response);
    } catch (error) {
      // The sender disconnected, or was erased and cut off.
      if (request.destroyed && !request.complete) return void response.destroy();
      if (!(error instanceof AttachmentRefused)) throw error;
      refuse(response, error);
    }
  }

  private async upload(
    role: ListenerRole,
    person: Person,
    address: string,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const hub = this.hub();
    const { attachments: limits } = hub.limits;
    const announced = Number(request.headers['content-length'] ?? 0);
    if (announced > limits.bytesMax) throw tooLarge(limits.bytesMax);
    const slot = hub.door.upload(role, { person: idOf(person), address: addressKey(address) });
    if ('retryAfterMs' in slot) throw tooMany(slot.retryAfterMs);
    try {
      if (person.kind === 'customer') await this.admitCustomers(person, address, announced);
      if (!(await this.files.hasRoomFor(announced))) throw noRoom();
      // Ending early must not destroy the connection: the sender still has to receive the refusal.
      const source = request.iterator({ destroyOnReturn: false });
      const counted = person.kind === 'customer' && announced === 0 ? this.counted(person, address, source) : source;
      const file = await this.files.receive(atPace(hub.clock, limits.uploadPaceMin, counted), {
        id: idOf(person),
        cut: () => request.destroy(signInNeeded()),
        // An upload takes a while: the sender may have been signed out, or the hub replaced, meanwhile.
        check: () => this.personOf(role, address, request),
        record: (uploaded) => this.record(idOf(person), uploaded),
      });
      await this.recorded();
      answer(response, 201, file);
    } finally {
      slot.release();
    }
  }

  /** Customers can upload only while they have an open conversation, and within their budget and disk share. */
  private async admitCustomers(person: Customer, address: string, bytes: number): Promise<void> {
    const { door, limits } = this.hub();
    this.countBytes(person, address, bytes);
    if (await this.files.hasShareFor(bytes, limits.attachments.diskShareMax)) return;
    door.noRoomForFiles();
    throw noRoom();
  }

  /** Charges the budget chunk by chunk, for an upload without a Content-Length. */
  private async *counted(person: Customer, address: string, source: AsyncIterable<Buffer>) {
    for await (const chunk of source) {
      this.countBytes(person, address, chunk.length);
      yield chunk;
    }
  }

  private countBytes({ customerId }: Customer, address: string, bytes: number) {
    const { state, door } = this.hub();
    const conversation = state.threads.latestOf(customerId);
    if (!conversation || conversation.closedAt !== null)
      throw new AttachmentRefused(409, 'conversationClosed', 'Open a conversation first: files go with one.');
    const hasAgent = hasMetAgent(state.routing, conversation.conversationId);
    const waitMs = door.uploadBytes({ person: customerId, address: addressKey(address) }, bytes, hasAgent);
    if (waitMs > 0) throw tooMany(waitMs);
  }

  private record(by: string, file: UploadedFile): void {
    const hub = this.hub();
    const at = hub.now();
    try {
      hub.step((step) => step.add({ type: 'attachment.uploaded', by, file, at }));
    } catch {
      throw notNow();
    }
  }

  private async recorded(): Promise<void> {
    const { outbox, state } = this.hub();
    try {
      await outbox.durable(state.seq);
    } catch {
      throw notNow();
    }
  }

  private async download(person: Person, path: string, response: ServerResponse): Promise<void> {
    const [, conversationId = '', attachmentId = ''] = /^\/attachments\/([\w-]+)\/([0-9a-f]{64})$/.exec(path) ?? [];
    const attachment = await this.find(person, conversationId, attachmentId);
    const found = attachment && (await this.files.read(attachmentId));
    // The same answer for a missing file and for another person's, so that it can't be probed.
    if (!attachment || !found) throw new AttachmentRefused(404, 'unknownAttachment', 'There is no such file for you.');
    response.writeHead(200, { ...downloadHeaders(attachment), 'Content-Length': String(found.bytes) });
    await pipeline(found.stream, response).catch(() => response.destroy());
  }

  /**
   * Checks rights each time a file is served: customers get files of their own conversation, agents those of
   * conversations they may read now or have opened in the history.
   */
  private async find(person: Person, conversationId: string, attachmentId: string): Promise<AttachmentView | null> {
    const { state, sessions, history } = this.hub();
    if (person.kind === 'agent') {
      const session = sessions.agent(person.agentId);
      const routed = routedConversation(state.routing, conversationId);
      if (!session) return null;
      if (!routed || !mayRead(state, session, conversationId, routed))
        return history.fileOf(session, conversationId, attachmentId);
    }
    const conversation = state.threads.get(conversationId);
    if (!conversation) return null;
    if (person.kind === 'customer' && conversation.customerId !== person.customerId) return null;
    return history.fileIn(conversation, attachmentId);
  }

  private personOf(role: ListenerRole, address: string, request: IncomingMessage): Person {
    const hub = this.hub();
    if (hub.closedBecause) throw notNow();
    const token = /^Bearer ([\w-]{20,200})$/.exec(request.headers.authorization ?? '')?.[1];
    const tokenHash = token === undefined ? null : hashSecret(token);
    if (role === 'customer' && blockOf(hub.state, { tokenHash, address }, hub.now()))
      throw new AttachmentRefused(403, 'blocked', 'The office takes nothing from here for now.');
    const person = tokenHash === null ? null : this.holderOf(role, tokenHash);
    if (!person) throw signInNeeded();
    return person;
  }

  private holderOf(role: ListenerRole, tokenHash: string): Person | null {
    const { state, sessions } = this.hub();
    if (role === 'agent') {
      const agentId = state.config.deviceByTokenHash.get(tokenHash)?.agentId;
      return agentId !== undefined && state.config.accounts.has(agentId) ? { kind: 'agent', agentId } : null;
    }
    const known = state.customers.withToken(tokenHash) ?? sessions.withToken(tokenHash);
    return known ? { kind: 'customer', customerId: known.customerId } : null;
  }
}

function idOf(person: Person): string {
  return person.kind === 'agent' ? person.agentId : person.customerId;
}

function signInNeeded(): AttachmentRefused {
  return new AttachmentRefused(
    401,
    'signInNeeded',
    'Sign in first: the token of your session is missing or not valid any more.',
  );
}

function tooMany(retryAfterMs: number): AttachmentRefused {
  const message = 'Too many files, or too much at once: wait a while, then send it again.';
  return new AttachmentRefused(429, 'tooManyUploads', message, retryAfterMs);
}

function noRoom(): AttachmentRefused {
  return new AttachmentRefused(
    507,
    'noRoom',
    'The disk of the hub has too little room for files; messages still work.',
  );
}

function notNow(): AttachmentRefused {
  return new AttachmentRefused(503, 'hubReadOnly', 'The hub takes nothing just now: try again in a moment.');
}

/** Makes browsers save the file and never render it as a page, whatever it holds; sandboxed into its own origin. */
function downloadHeaders({ name, type }: AttachmentView): Record<string, string> {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (each) => `%${each.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return {
    'Content-Type': type,
    'Content-Disposition': `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`,
    'Content-Security-Policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
    ...safeHeaders,
  };
}

const safeHeaders = {
  'X-Content-Type-Options': 'nosniff',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'private, no-store',
};

function refuse(response: ServerResponse, { status, code, message, retryAfterMs }: AttachmentRefused): void {
  const now = retryAfterMs === null ? {} : { now: { retryAfterMs } };
  if (retryAfterMs !== null) response.setHeader('Retry-After', Math.ceil(retryAfterMs / 1_000));
  // The rest of a refused body may still arrive; closing the connection avoids reading it.
  answer(response, status, { code, message, ...now }, { Connection: 'close' });
}

function answer(response: ServerResponse, status: number, body: object, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'Content-Type': 'application/json', ...safeHeaders, ...headers });
  response.end(JSON.stringify(body));
}
