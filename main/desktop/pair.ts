import type { ClientRequestArgs } from 'node:http';
import { type ClientOptions, WebSocket } from 'ws';
import * as z from 'zod';
import type { PairResult } from '../../shared/desktop-api';
import { paired } from '../../shared/protocol/agent-wire';
import { readCode } from '../hub/entrance/codes';
import { bindingBytes, bindingLabel, isProof, pairingKey } from '../hub/entrance/pairing';
import { defaultLimits } from '../hub/limits';
import { fingerprintOf } from '../hub/store/hub-key';
import { connectUnproven } from './pinned-socket';

const answerWithinMs = 15_000;
const answerBytesMax = 4 * 1024;

/**
 * SECURITY-MODEL.md, "Joining": a typed code does not contain the hub's certificate, and discovery is not
 * trustworthy. So the hub has to prove on this very TLS session that it knows the code; until then it is told the code's
 * name only. A man in the middle has a different session on either side, so its proof does not fit.
 */
export async function pairWith(
  address: string,
  typed: string,
  scryptCost: number = defaultLimits.scryptCost,
): Promise<PairResult> {
  const code = readCode(typed);
  const url = readAddress(address);
  if (!url) return { ok: false, reason: 'unreachable' };
  if (!code) return { ok: false, reason: 'wrongCode' };
  const key = await pairingKey(code.codeId, code.plain, scryptCost);
  return new Promise((resolve) => {
    let known: { binding: Buffer; fingerprint: string } | null = null;
    const options: ClientOptions = {
      perMessageDeflate: false,
      maxPayload: answerBytesMax,
      handshakeTimeout: answerWithinMs,
      followRedirects: false,
      createConnection: (({ host, port }: ClientRequestArgs) => {
        const tls = connectUnproven(host ?? '', Number(port));
        tls.once('secureConnect', () => {
          const binding = tls.exportKeyingMaterial(bindingBytes, bindingLabel, Buffer.alloc(0));
          known = { binding, fingerprint: fingerprintOf(tls.getPeerCertificate().raw) };
        });
        return tls;
      }) as never,
    };
    const socket = new WebSocket(`wss://${url.host}/ws`, options);
    const timer = setTimeout(() => finish({ ok: false, reason: 'unreachable' }), answerWithinMs);
    const finish = (result: PairResult) => {
      clearTimeout(timer);
      socket.terminate();
      resolve(result);
    };
    socket.on('open', () => socket.send(JSON.stringify({ type: 'pair', codeId: code.codeId })));
    socket.on('message', (data) => {
      const frame = parse(data.toString());
      const proof = paired.safeParse(frame).data?.proof;
      if (proof === undefined) return finish(refusalOf(frame));
      if (!known || !isProof(key, known.binding, proof)) return finish({ ok: false, reason: 'impostor' });
      finish({ ok: true, agentUrl: `wss://${url.host}#fp=${known.fingerprint}` });
    });
    socket.on('error', () => finish({ ok: false, reason: 'unreachable' }));
    socket.on('close', () => finish({ ok: false, reason: 'unreachable' }));
  });
}

/** Bounds the wait that an unproven peer can ask for. */
const retryAfterMsMax = 15 * 60_000;
const refusal = z.discriminatedUnion('code', [
  z.object({ code: z.literal('wrongCode') }),
  z.object({
    code: z.literal('tooManyTries'),
    now: z.object({ retryAfterMs: z.number().min(0).max(retryAfterMsMax) }),
  }),
]);

function refusalOf(frame: unknown): PairResult {
  const { data } = refusal.safeParse(frame);
  if (!data) return { ok: false, reason: 'impostor' };
  if (data.code === 'wrongCode') return { ok: false, reason: 'wrongCode' };
  return { ok: false, reason: 'tooManyTries', retryAfterMs: data.now.retryAfterMs };
}

function readAddress(address: string): URL | null {
  try {
    return new URL(`wss://${address}`);
  } catch {
    return null;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
