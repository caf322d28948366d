import type { Clock } from '../../../shared/client/clock';
import { createConnection } from '../../../shared/client/connection';
import type { Transport } from '../../../shared/client/transport';
import type { AgentWire } from '../../../shared/client/wire';
import type { AgentAuth } from '../../../shared/protocol/agent-wire';
import type { CloseName } from '../../../shared/protocol/close-codes';
import { protocolVersion } from '../../../shared/protocol/fields';
import type { Refused } from '../../../shared/protocol/session';
import { lineUrl } from './line-url';

export interface SignInRequest {
  transport: Transport;
  clock: Clock;
  random(): number;
  agentUrl: string;
  deviceId: string;
  deviceLabel: string;
  auth: AgentAuth;
  /** Called when a supervisor has to let this device in; `cancel` gives up waiting. */
  waiting?(cancel: () => void): void;
}

export type SignInResult =
  | { ok: true; token: string; agentId: string; agentName: string; customerUrl: string }
  /** `code` and `waitMs` as in the hub's refusal, where it gave one. */
  | { ok: false; reason: CloseName | 'lost'; code: string | null; waitMs: number | null };

/** One attempt to sign in with a code or passphrase. Returns this device's new token or the reason; stores nothing. */
export function signIn(request: SignInRequest): Promise<SignInResult> {
  return new Promise((resolve) => {
    let done = false;
    let welcome: AgentWire['welcome'] | null = null;
    let agentName = '';
    let refusal: Refused | null = null;
    // `welcome` alone is enough: the token is sent once and the code is used up, so a lost line must not waste it.
    const entered = ({ token, agentId, customerUrl }: AgentWire['welcome']) => {
      if (token === null) return finish(failed('signInRefused', null));
      finish({ ok: true, token, agentId, agentName, customerUrl });
    };
    const finish = (result: SignInResult) => {
      if (done) return;
      done = true;
      // Not in the connection's own callback: it is still processing the frame.
      queueMicrotask(() => connection.stop());
      resolve(result);
    };
    const connection = createConnection<AgentWire>({
      transport: request.transport,
      clock: request.clock,
      random: request.random,
      url: lineUrl(request.agentUrl),
      deviceId: request.deviceId,
      proto: protocolVersion,
      storage: { read: () => null, write: () => {} },
      hello: () => ({ role: 'agent', auth: request.auth, deviceLabel: request.deviceLabel }),
      on: {
        link(link) {
          if (link.state !== 'down' && link.state !== 'refused') return;
          if (welcome) entered(welcome);
          else finish(failed(link.reason, refusal));
        },
        helloRefused(frame) {
          refusal = frame;
        },
        joinWaiting() {
          request.waiting?.(() => finish({ ok: false, reason: 'lost', code: 'cancelled', waitMs: null }));
        },
        welcome(frame) {
          welcome = frame;
        },
        event(event) {
          if (event.name === 'agent.changed' && event.agent.agentId === welcome?.agentId) agentName = event.agent.name;
        },
        caughtUp() {
          if (welcome) entered(welcome);
        },
      },
    });
    connection.start();
  });
}

function failed(reason: CloseName | 'lost', refusal: Refused | null): SignInResult {
  const now = refusal?.now;
  const waitMs = typeof now === 'object' && now !== null && 'retryAfterMs' in now ? Number(now.retryAfterMs) : null;
  return { ok: false, reason, code: refusal?.code ?? null, waitMs };
}

/** 128 bits, without `crypto`: an id, not a secret. */
export function newDeviceId(random: () => number): string {
  let id = 'd-';
  for (let i = 0; i < 6; i += 1)
    id += Math.floor(random() * 2 ** 22)
      .toString(36)
      .padStart(5, '0');
  return id;
}
