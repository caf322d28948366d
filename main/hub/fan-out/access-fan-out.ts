import { passphraseLengthMin } from '../../../shared/passphrase';
import { isSupervisor } from '../rights/audience';
import type { AgentSession, Sessions } from '../session/session';
import type { Device } from '../state/config';
import type { HubState } from '../state/hub-state';
import type { HubPins } from '../store/hub-key';
import { encodeBody } from './envelope';
import type { Touched } from './touched';
import { apiTokenViewOf, deviceViewOf } from './views';

/** Events about access: devices, tokens of the API, supervisors' passphrases, and the key that other machines pin. */
export class AccessFanOut {
  private pins: HubPins | null = null;
  /** Where the API is reached; not recorded, so set by whoever opens the hub. */
  apiUrls: readonly string[] = [];

  constructor(
    private readonly state: HubState,
    private readonly sessions: Sessions,
    private readonly send: (session: AgentSession, body: string) => void,
  ) {}

  snapshot(session: AgentSession): void {
    this.devices(session);
    this.passphraseTo(session);
    this.pinsTo(session);
    if (isSupervisor(this.state, session.agentId)) this.apiTokensTo(session);
  }

  resume(session: AgentSession, { devices }: Touched): void {
    // The client may or may not have had them; removing what it never had does no harm.
    const held = [...this.state.config.devices.values()].filter((device) => this.maySeeDevice(session, device));
    for (const deviceId of [...held.map((device) => device.deviceId), ...devices]) session.devices.add(deviceId);
    for (const deviceId of devices) this.deviceTo(session, deviceId);
    this.passphraseTo(session);
    this.pinsTo(session);
    if (isSupervisor(this.state, session.agentId)) this.apiTokensTo(session);
  }

  publish({ devices, passphrases, apiTokens }: Touched): void {
    if (devices.size === 0 && !passphrases && !apiTokens) return;
    for (const session of this.sessions.allAgents()) {
      for (const deviceId of devices) this.deviceTo(session, deviceId);
      if (passphrases) this.passphraseTo(session);
      if (apiTokens && isSupervisor(this.state, session.agentId)) this.apiTokensTo(session);
    }
  }

  /** Sends all devices it may see, and removes those it may no longer see. */
  devices(session: AgentSession): void {
    for (const deviceId of new Set([...session.devices, ...this.state.config.devices.keys()]))
      this.deviceTo(session, deviceId);
  }

  /** To one that is no supervisor any more: none. */
  apiTokensTo(session: AgentSession): void {
    const isTheirs = isSupervisor(this.state, session.agentId);
    const apiTokens = isTheirs ? [...this.state.config.apiTokens.values()].map(apiTokenViewOf) : [];
    this.send(session, encodeBody({ name: 'apiTokens.changed', apiTokens, urls: isTheirs ? [...this.apiUrls] : [] }));
  }

  /** Not recorded, so kept here for new sessions. */
  hubKey(pins: HubPins): void {
    this.pins = pins;
    for (const session of this.sessions.allAgents()) this.pinsTo(session);
  }

  private pinsTo(session: AgentSession) {
    if (this.pins) this.send(session, encodeBody({ name: 'hubKey.changed', ...this.pins }));
  }

  /** Tells whether a supervisor still has to set a passphrase; only supervisors have any. */
  private passphraseTo(session: AgentSession) {
    if (!isSupervisor(this.state, session.agentId)) return;
    const { passphrases } = this.state.config;
    const own = passphrases.get(session.agentId);
    const stage = !own ? 'none' : (own.lengthMin ?? 0) < passphraseLengthMin ? 'short' : 'set';
    this.send(session, encodeBody({ name: 'passphrase.changed', own: stage, office: passphrases.size > 0 }));
  }

  private maySeeDevice({ agentId }: AgentSession, device: Device): boolean {
    return device.agentId === agentId || isSupervisor(this.state, agentId);
  }

  /** Agents see their own devices, supervisors all; a former supervisor's client drops the others'. */
  private deviceTo(session: AgentSession, deviceId: string) {
    const device = this.state.config.devices.get(deviceId);
    if (device && this.maySeeDevice(session, device)) {
      session.devices.add(deviceId);
      this.send(session, encodeBody({ name: 'device.changed', device: deviceViewOf(device) }));
    } else if (session.devices.delete(deviceId)) {
      this.send(session, encodeBody({ name: 'device.removed', deviceId }));
    }
  }
}
