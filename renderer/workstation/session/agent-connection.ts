import type { Clock } from '../../../shared/client/clock';
import { type Connection, type ConnectionListener, createConnection } from '../../../shared/client/connection';
import type { Transport } from '../../../shared/client/transport';
import type { AgentWire } from '../../../shared/client/wire';
import { protocolVersion } from '../../../shared/protocol/fields';
import type { PageStorage } from '../services/page-storage';

/** The hub's address and the device to sign in as. */
export interface HubAccess {
  transport: Transport;
  clock: Clock;
  /** 0 ≤ x < 1. */
  random(): number;
  url: string;
  deviceId: string;
  deviceLabel: string;
  token: string;
}

/** An agent's connection. Its outbox survives a reload. */
export function createAgentConnection(
  { transport, clock, random, url, deviceId, deviceLabel, token }: HubAccess,
  storage: PageStorage,
  on: ConnectionListener<AgentWire>,
): Connection<AgentWire> {
  const outboxKey = `outbox.${deviceId}`;
  return createConnection<AgentWire>({
    ...{ transport, clock, random, url, deviceId },
    proto: protocolVersion,
    storage: { read: () => storage.read(outboxKey), write: (text) => storage.write(outboxKey, text) },
    hello: () => ({ role: 'agent', auth: { kind: 'token', token }, deviceLabel }),
    on,
  });
}
