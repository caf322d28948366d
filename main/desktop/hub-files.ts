import { type RequestOptions, request } from 'node:http';
import { request as requestSecurely } from 'node:https';
import { refusalCode } from '../../shared/client/transfer';
import type { FileResult } from '../../shared/desktop-api';
import { type UploadedFile, uploadedFile } from '../../shared/protocol/attachments';
import { attachmentBytesMax } from '../../shared/protocol/limits';
import type { Whereabouts } from './find-hubs';
import { readHubAddress } from './hub-address';
import { connectPinned } from './pinned-socket';

const idleMs = 30_000;

/** Uploads and downloads for the page, over the same address and with the same pin as its line. */
export interface HubFiles {
  upload(agentUrl: string, token: string, bytes: Uint8Array): Promise<FileResult<UploadedFile>>;
  download(
    agentUrl: string,
    token: string,
    conversationId: string,
    attachmentId: string,
  ): Promise<FileResult<Uint8Array>>;
}

/** `pinsOf`: the known certificates of the hub at an address; none on this machine. */
export function createHubFiles(whereabouts: Whereabouts, pinsOf: (agentUrl: string) => readonly string[]): HubFiles {
  const ask = (agentUrl: string, token: string, path: string, body: Uint8Array | null) =>
    askHub(
      whereabouts,
      { agentUrl, pins: pinsOf(agentUrl) },
      { path, headers: { Authorization: `Bearer ${token}` } },
      body,
    );
  return {
    async upload(agentUrl, token, bytes) {
      const answer = await ask(agentUrl, token, '/attachments', bytes);
      if (answer?.status !== 201) return refused(answer);
      const file = uploadedFile.safeParse(JSON.parse(answer.body.toString('utf8'))).data;
      return file ? { ok: true, value: file } : refused(null);
    },
    async download(agentUrl, token, conversationId, attachmentId) {
      const answer = await ask(agentUrl, token, `/attachments/${conversationId}/${attachmentId}`, null);
      return answer?.status === 200 ? { ok: true, value: new Uint8Array(answer.body) } : refused(answer);
    },
  };
}

interface HubAnswer {
  status: number;
  body: Buffer;
}

function refused(answer: HubAnswer | null): { ok: false; code: string } {
  return { ok: false, code: answer ? refusalCode(answer.body.toString('utf8')) : 'linkLost' };
}

/** Null if there was no answer, or not by the pinned hub. */
function askHub(
  whereabouts: Whereabouts,
  { agentUrl, pins }: { agentUrl: string; pins: readonly string[] },
  options: RequestOptions,
  body: Uint8Array | null,
): Promise<HubAnswer | null> {
  const address = readHubAddress(agentUrl);
  if (!address) return Promise.resolve(null);
  const { url } = address;
  const { hostname, port } = new URL(pins.length === 0 ? url : whereabouts.of(url, pins));
  const host = hostname.replace(/^\[|\]$/g, '');
  const common = { ...options, host, port, method: body ? 'POST' : 'GET', timeout: idleMs };
  return new Promise((resolve) => {
    const asked =
      pins.length === 0
        ? request({ ...common, agent: false })
        : // An http agent would open its own connection, unpinned.
          requestSecurely({ ...common, defaultPort: 443, createConnection: connectPinned(pins) as never });
    asked.on('timeout', () => asked.destroy());
    asked.on('error', () => resolve(null));
    asked.on('response', (response) => {
      const chunks: Buffer[] = [];
      let bytes = 0;
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes > attachmentBytesMax) asked.destroy();
        else chunks.push(chunk);
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks) }));
      // Broken off: an incomplete answer counts as none.
      response.on('close', () => resolve(null));
    });
    asked.end(body ?? undefined);
  });
}
