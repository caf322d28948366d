import { heldToken, type Profile } from '../../shared/desktop-api';
import { agentEvent, agentHello } from '../../shared/protocol/agent-wire';
import type { Log } from '../hub/ports';
import { readHubAddress } from './hub-address';
import type { KeptProfile, ProfileStore } from './profile-store';

/**
 * The device's token stays in this process: it is put into `hello` on its way to the hub that gave it, and taken out of
 * `welcome` before the page gets it. A compromised page can use the line while it runs, but cannot steal the token.
 */
export interface TokenGuard {
  /** The page's view of the profile, with `heldToken` in the place of the token. */
  read(): Promise<Profile | null>;
  /** Stores the profile of a sign-in since the app started, or null. Rejects any other profile. */
  write(profile: Profile | null): Promise<void>;
  /** Whether a line to this address may be opened: to the hub of the profile, or to any while there is no profile. */
  allows(url: string): boolean;
  /** The certificates of the hub at this address: of the profile's hub those it has announced; none on this machine. */
  pins(url: string): readonly string[];
  outgoing(url: string, frame: string): string;
  /** `message`: one frame, or several in an array. */
  incoming(url: string, message: string): string;
  /** The hub and token for uploads and downloads; null while nobody is signed in. */
  present(): { agentUrl: string; token: string } | null;
}

const welcomeType = '"type":"welcome"';
const keyChanged = '"name":"hubKey.changed"';

/** `ownHubUrl`: of the hub in this app, which may have moved since the profile was stored; null: none runs. */
export function createTokenGuard(profiles: ProfileStore, ownHubUrl: () => string | null, log: Log): TokenGuard {
  let profile: KeptProfile | null = null;
  /** The last sign-in since the app started that was not by token, and the token it brought. */
  let signingIn: { url: string; deviceId: string; token: string | null } | null = null;

  const isOurs = (url: string) => {
    if (!profile) return false;
    if (isSamePlace(url, profile.agentUrl)) return true;
    const own = ownHubUrl();
    return profile.mode !== 'join' && own !== null && isSamePlace(url, own);
  };
  const shown = (kept: KeptProfile | null): Profile | null => {
    if (!kept) return null;
    const { pins: _pins, ...rest } = kept;
    return { ...rest, token: heldToken };
  };
  /** The line is pinned, so the hub itself announces its next key; both are accepted until the old one ends. */
  const pinsTold = (frame: string) => {
    const event = agentEvent.safeParse(parsed(frame)).data;
    if (event?.name !== 'hubKey.changed' || !profile || String(event.pins) === String(profile.pins)) return;
    profile = { ...profile, pins: event.pins };
    profiles.write(profile).catch((error: Error) => log.error('pins.notKept', { message: error.message }));
  };
  const withoutToken = (url: string, frame: string) => {
    if (frame.includes(keyChanged) && isOurs(url)) pinsTold(frame);
    if (!frame.startsWith(`{${welcomeType}`)) return frame;
    const welcome = parsed(frame) as { token?: unknown } | null;
    if (typeof welcome?.token !== 'string') return frame;
    if (signingIn?.url === url) signingIn.token = welcome.token;
    return JSON.stringify({ ...welcome, token: heldToken });
  };

  return {
    async read() {
      profile = await profiles.read();
      return shown(profile);
    },
    async write(value) {
      if (value === null) {
        await profiles.write(null);
        profile = await profiles.read();
        return;
      }
      const token = tokenOf(value, signingIn, profile);
      if (token === null) throw new Error('nobody has signed in there');
      const pins = isOurs(value.agentUrl) ? profile?.pins : undefined;
      const kept = { ...value, token, ...(pins ? { pins } : {}) };
      await profiles.write(kept);
      profile = kept;
    },
    allows: (url) => profile === null || isOurs(url),
    pins(url) {
      const fingerprint = readHubAddress(url)?.fingerprint ?? null;
      if (fingerprint === null) return [];
      return (isOurs(url) ? profile?.pins : null) ?? [fingerprint];
    },
    outgoing(url, frame) {
      const hello = helloIn(frame);
      if (!hello) return frame;
      const { auth, deviceId } = hello;
      if (auth.kind !== 'token') {
        signingIn = { url, deviceId, token: null };
        return frame;
      }
      if (!profile?.token || deviceId !== profile.deviceId || !isOurs(url)) return frame;
      return JSON.stringify({ ...hello, auth: { kind: 'token', token: profile.token } });
    },
    incoming(url, message) {
      if (!message.startsWith('[')) return withoutToken(url, message);
      if (!message.includes(welcomeType) && !message.includes(keyChanged)) return message;
      const frames = parsed(message);
      if (!Array.isArray(frames)) return message;
      return `[${frames.map((frame) => withoutToken(url, JSON.stringify(frame))).join(',')}]`;
    },
    present() {
      if (!profile?.token) return null;
      const own = profile.mode === 'join' ? null : ownHubUrl();
      return { agentUrl: own ?? profile.agentUrl, token: profile.token };
    },
  };
}

/** Null unless the profile is of the hub just signed in to or of the present one: the token must not go elsewhere. */
function tokenOf(
  value: Profile,
  signedIn: { url: string; deviceId: string; token: string | null } | null,
  present: Profile | null,
): string | null {
  if (signedIn?.deviceId === value.deviceId && isSamePlace(signedIn.url, value.agentUrl)) return signedIn.token;
  const isPresent = present?.deviceId === value.deviceId && isSamePlace(present.agentUrl, value.agentUrl);
  return isPresent ? present.token : null;
}

function helloIn(frame: string) {
  return frame.includes('"hello"') ? (agentHello.safeParse(parsed(frame)).data ?? null) : null;
}

/** Null if it is not JSON. */
function parsed(frame: string): unknown {
  try {
    return JSON.parse(frame);
  } catch {
    return null;
  }
}

/** The same machine, port and pin, whatever the path. */
function isSamePlace(one: string, other: string): boolean {
  try {
    const [a, b] = [new URL(one), new URL(other)];
    return a.protocol === b.protocol && a.host === b.host && a.hash === b.hash;
  } catch {
    return false;
  }
}
