import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Damage } from '../../../shared/damage';
import type { Profile } from '../../../shared/desktop-api';
import type { Services } from '../services/services';
import { lineUrl, servedFrom } from '../session/line-url';
import { createSession, type Session } from '../session/session';

export interface NewHub {
  customerUrl: string;
  /** `host:port`; null where other machines don't reach it. */
  lanAddress: string | null;
}

export type AppPhase =
  | { phase: 'starting' }
  /** `sample`: started for sample data only, so the first two doors are skipped. */
  | { phase: 'firstRun'; sample: boolean }
  /** No valid token. `mode` is for the profile to be written; `isRestored`: a backup was restored just now. */
  | { phase: 'signIn'; agentUrl: string; mode: Profile['mode']; isRestored?: boolean }
  /** `newHub`: it was set up here just now, and its addresses are shown before the workstation. */
  | { phase: 'work'; session: Session; profile: Profile; newHub: NewHub | null }
  | { phase: 'hubFailed'; message: string; damage: Damage | null };

export interface App {
  store: StoreApi<AppPhase>;
  /** `isRestored`: the hub here has just been restored from a backup. */
  begin(isRestored?: boolean): Promise<void>;
  /** Writes the profile and opens the workstation, behind the addresses of a hub that was set up just now. */
  enter(profile: Profile, newHub?: NewHub): Promise<void>;
  /** The new hub's addresses were read. */
  goToWork(): void;
  /**
   * Forgets this device's token, and ends the device at the hub if that can be reached. Rejects and changes nothing if
   * the token can't be removed from this machine.
   */
  signOut(): Promise<void>;
  startOver(): void;
}

const profileKey = 'profile';

export function createApp(services: Services): App {
  const { desktop, storage } = services;
  const store = createStore<AppPhase>()(() => ({ phase: 'starting' }));
  const go = (phase: AppPhase) => store.setState(phase, true);

  function open(profile: Profile, agentUrl: string, newHub: NewHub | null = null) {
    const session = createSession({
      transport: services.transport,
      transfer: services.createTransfer(profile.token),
      clock: services.clock,
      random: services.random,
      storage,
      url: lineUrl(agentUrl),
      deviceId: profile.deviceId,
      deviceLabel: services.deviceLabel,
      token: profile.token,
      isInFront: services.foreground.isInFront,
    });
    go({ phase: 'work', session, profile: { ...profile, agentUrl }, newHub });
    session.start();
  }

  async function beginOnDesktop(isRestored: boolean) {
    if (!desktop) return;
    const profile = await desktop.call('profile.read');
    const hub = await desktop.call('hub.state');
    if (hub.state === 'failed') return go({ phase: 'hubFailed', message: hub.message, damage: hub.damage });
    if (profile === null) {
      // The hub runs, but nobody is signed in here: it was restored from a backup.
      if (hub.state === 'running') return go({ phase: 'signIn', agentUrl: hub.agentUrl, mode: 'host', isRestored });
      const { sampleData } = await desktop.call('app.info');
      return go({ phase: 'firstRun', sample: sampleData });
    }
    // The hub in this app may listen on another address than last time.
    open(profile, profile.mode !== 'join' && hub.state === 'running' ? hub.agentUrl : profile.agentUrl);
  }

  function beginInBrowser() {
    const agentUrl = servedFrom(services.location);
    const profile = readProfile(storage.read(profileKey));
    if (profile) open(profile, agentUrl);
    else go({ phase: 'signIn', agentUrl, mode: 'join' });
  }

  async function begin(isRestored = false) {
    try {
      if (desktop) await beginOnDesktop(isRestored);
      else beginInBrowser();
    } catch (error) {
      go({ phase: 'hubFailed', message: error instanceof Error ? error.message : String(error), damage: null });
    }
  }

  /** The hub in this app has closed by itself. A user signed in at another hub is not affected. */
  desktop?.on('hub.ended', () => {
    const now = store.getState();
    if (now.phase === 'work' && now.profile.mode === 'join') return;
    if (now.phase === 'work') now.session.stop();
    void begin();
  });

  return {
    store,
    begin,
    async enter(profile, newHub) {
      if (desktop) await desktop.call('profile.write', profile);
      else storage.write(profileKey, JSON.stringify(profile));
      open(profile, profile.agentUrl, newHub);
    },
    goToWork() {
      const now = store.getState();
      if (now.phase === 'work') go({ ...now, newHub: null });
    },
    async signOut() {
      const now = store.getState();
      if (now.phase !== 'work') return;
      const { agentUrl, mode } = now.profile;
      if (desktop) await desktop.call('profile.write', null);
      else storage.write(profileKey, null);
      await now.session.signOut();
      go({ phase: 'signIn', agentUrl, mode });
    },
    startOver() {
      go(desktop ? { phase: 'firstRun', sample: false } : { phase: 'starting' });
      if (!desktop) beginInBrowser();
    },
  };
}

function readProfile(text: string | null): Profile | null {
  if (text === null) return null;
  try {
    const value = JSON.parse(text) as Partial<Profile> | null;
    if (typeof value?.token !== 'string' || typeof value.deviceId !== 'string') return null;
    return { mode: 'join', agentUrl: value.agentUrl ?? '', deviceId: value.deviceId, token: value.token };
  } catch {
    return null;
  }
}
