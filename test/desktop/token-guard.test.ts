import { beforeEach, describe, expect, it } from 'vitest';
import type { ProfileStore } from '../../main/desktop/profile-store';
import { createTokenGuard, type TokenGuard } from '../../main/desktop/token-guard';
import { heldToken, type Profile } from '../../shared/desktop-api';

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
const hub = 'ws://127.0.0.1:7800/ws';
const token = 'real-token-of-this-device';
const lan = `wss://192.0.2.5:7802#fp=${'a'.repeat(43)}`;

function memoryStore(kept: Profile | null): ProfileStore & { kept: Profile | null } {
  return {
    kept,
    async read() {
      return this.kept;
    },
    async write(value) {
      this.kept = value;
    },
  };
}

const hello = (auth: object, deviceId = 'd1') =>
  JSON.stringify({ type: 'hello', proto: 1, deviceId, since: null, lastN: 0, role: 'agent', auth, deviceLabel: '' });
const welcome = (given: string | null) => JSON.stringify({ type: 'welcome', hubId: 'h', token: given });
const profileOf = (agentUrl: string, deviceId = 'd1', mode: Profile['mode'] = 'join'): Profile => ({
  mode,
  agentUrl,
  deviceId,
  token: heldToken,
});

describe("the device's token and the page", () => {
  let store: ReturnType<typeof memoryStore>;
  let own: string | null;
  let guard: TokenGuard;
  const withProfile = async (kept: Profile | null) => {
    store = memoryStore(kept);
    guard = createTokenGuard(store, () => own, silent);
    await guard.read();
  };
  beforeEach(async () => {
    own = null;
    await withProfile(null);
  });

  it('is taken out of welcome, kept with the profile, and never told to the page', async () => {
    guard.outgoing(hub, hello({ kind: 'code', code: 'K7QM-2XPA-9TRC' }));
    const told = guard.incoming(hub, welcome(token));
    expect(JSON.parse(told)).toEqual({ type: 'welcome', hubId: 'h', token: heldToken });
    await guard.write(profileOf('ws://127.0.0.1:7800'));
    expect(store.kept?.token).toBe(token);
    expect(JSON.stringify(await guard.read())).not.toContain(token);
    expect(guard.present()).toEqual({ agentUrl: 'ws://127.0.0.1:7800', token });
    await guard.write(null);
    expect([store.kept, guard.present()]).toEqual([null, null]);
  });

  it('is taken out of a welcome among other frames, too', async () => {
    guard.outgoing(hub, hello({ kind: 'code', code: 'K7QM-2XPA-9TRC' }));
    const other = { type: 'event', name: 'message.added', message: { text: '{"type":"welcome","token":"x"}' } };
    const told = guard.incoming(hub, `[${welcome(token)},${JSON.stringify(other)}]`);
    expect(JSON.parse(told)).toEqual([{ type: 'welcome', hubId: 'h', token: heldToken }, other]);
    await guard.write(profileOf('ws://127.0.0.1:7800'));
    expect(store.kept?.token).toBe(token);
    const batch = JSON.stringify([other, { type: 'caughtUp', seq: 1 }]);
    expect(guard.incoming(hub, batch)).toBe(batch);
  });

  it('goes into hello on the way to its own hub, and to no other', async () => {
    await withProfile({ ...profileOf(lan), token });
    const asked = hello({ kind: 'token', token: heldToken });
    expect(JSON.parse(guard.outgoing(`${lan.replace('#', '/ws#')}`, asked)).auth.token).toBe(token);
    const elsewhere = [
      `wss://192.0.2.66:7802/ws${new URL(lan).hash}`,
      `wss://192.0.2.5:7802/ws#fp=${'b'.repeat(43)}`,
      'ws://127.0.0.1:9999/ws',
    ];
    for (const url of elsewhere) expect([guard.allows(url), guard.outgoing(url, asked)]).toEqual([false, asked]);
    const otherDevice = hello({ kind: 'token', token: heldToken }, 'd2');
    expect(guard.outgoing(lan, otherDevice)).toBe(otherDevice);
    expect(guard.allows(lan)).toBe(true);
  });

  it('the hub of this app may listen elsewhere by now; who joined another one has nothing to do with it', async () => {
    own = 'ws://127.0.0.1:7900/ws';
    const asked = hello({ kind: 'token', token: heldToken });
    await withProfile({ ...profileOf('ws://127.0.0.1:7800', 'd1', 'host'), token });
    expect(JSON.parse(guard.outgoing(own, asked)).auth.token).toBe(token);
    expect(guard.present()).toEqual({ agentUrl: own, token });
    await withProfile({ ...profileOf(lan), token });
    expect([guard.allows(own), guard.outgoing(own, asked)]).toEqual([false, asked]);
  });

  it('is not moved to another address: a page can keep only what it has signed in as', async () => {
    await withProfile({ ...profileOf(lan), token });
    const attempts = [
      profileOf('ws://127.0.0.1:6666'),
      profileOf(`wss://192.0.2.66:1${new URL(lan).hash}`),
      profileOf(lan, 'd2'),
    ];
    for (const attempt of attempts) await expect(guard.write(attempt)).rejects.toThrow('nobody has signed in there');
    expect(store.kept).toMatchObject({ agentUrl: lan, token });
    // The same again changes nothing.
    await guard.write(profileOf(lan));
    expect(store.kept?.token).toBe(token);
  });

  it('while nobody is signed in, any hub may be joined', () => {
    for (const url of [hub, lan]) expect(guard.allows(url)).toBe(true);
  });

  it('what else goes over the line is left as it is', async () => {
    await withProfile({ ...profileOf(hub), token });
    const frames = ['{"type":"ping"}', 'no json "hello"', '{"type":"command","text":"\\"hello\\""}'];
    for (const frame of frames)
      expect([guard.outgoing(hub, frame), guard.incoming(hub, frame)]).toEqual([frame, frame]);
    expect(guard.incoming(hub, welcome(null))).toBe(welcome(null));
  });
});
