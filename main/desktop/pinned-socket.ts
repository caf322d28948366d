import type { ClientRequestArgs } from 'node:http';
import { connect, type TLSSocket } from 'node:tls';
import { fingerprintOf } from '../hub/store/hub-key';

/** The peer's certificate is not that of the hub this desktop has joined. */
export class OtherHubError extends Error {
  constructor() {
    super('whoever answers there is not the hub that this desktop joined');
  }
}

type Connected = (error: Error | null, socket?: TLSSocket) => void;

/**
 * A TLS 1.3 connection that sends nothing, not even the upgrade request, before the certificate has proven to be a
 * pinned one. It is self-signed, so only its fingerprint is checked, not its names and dates.
 */
export function connectPinned(
  pins: readonly string[],
): (options: ClientRequestArgs, connected: Connected) => undefined {
  return ({ host, port }, connected) => {
    const socket = connectUnproven(host ?? '', Number(port));
    socket.once('error', connected);
    socket.once('secureConnect', () => {
      socket.off('error', connected);
      if (pins.includes(fingerprintOf(socket.getPeerCertificate().raw))) return connected(null, socket);
      socket.destroy();
      connected(new OtherHubError());
    });
    return undefined;
  };
}

/** Connects to any peer: the caller has to verify it before sending anything. */
export function connectUnproven(host: string, port: number): TLSSocket {
  return connect({ host, port, minVersion: 'TLSv1.3', rejectUnauthorized: false, ALPNProtocols: ['http/1.1'] });
}
