import { request as plainRequest } from 'node:http';
import { request as secureRequest } from 'node:https';
import { WebSocket } from 'ws';
import { claimedAddress } from '../nginx';

/** How a client reaches the hub: directly from a loopback address, or through nginx with a claimed address. */
export interface Way {
  port: number;
  through: 'direct' | 'nginx';
}

/** `address`: one of 127.0.0.0/8, or any through nginx, which trusts the claim. Nothing leaves this machine. */
export function openSocket({ port, through }: Way, address: string): WebSocket {
  if (through === 'direct') return new WebSocket(`ws://127.0.0.1:${port}/ws`, { localAddress: address });
  return new WebSocket(`wss://127.0.0.1:${port}/ws`, { rejectUnauthorized: false, headers: claim(address) });
}

/** Uploads a file; `write` gets the open request. Resolves with the status, 0 if the connection was lost. */
export function upload(
  { port, through }: Way,
  address: string,
  { token, bytes }: { token: string; bytes: number },
  write: (request: ReturnType<typeof plainRequest>) => void,
): Promise<number> {
  return new Promise((resolve) => {
    const headers = { authorization: `Bearer ${token}`, 'content-length': String(bytes) };
    const common = { host: '127.0.0.1', port, path: '/attachments', method: 'POST', agent: false as const };
    const sent =
      through === 'direct'
        ? plainRequest({ ...common, headers, localAddress: address })
        : secureRequest({ ...common, headers: { ...headers, ...claim(address) }, rejectUnauthorized: false });
    sent.on('response', (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    sent.on('error', () => resolve(0));
    sent.on('close', () => resolve(0));
    write(sent);
  });
}

function claim(address: string): Record<string, string> {
  return { host: 'chat.example.com', [claimedAddress]: address };
}
