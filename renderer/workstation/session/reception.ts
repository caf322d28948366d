import { mergeSettings } from '../../../shared/routing/settings';
import type { GroupSettingsPatch, Settings } from '../../../shared/routing/types';
import type { OfficeState } from './office-state';

type Known = Pick<OfficeState, 'settings' | 'groups' | 'agents' | 'me'>;

/** The settings in effect for one group (SE1). */
export function settingsFor(state: Known, groupId: string): Settings | null {
  if (state.settings === null) return null;
  const own = state.groups.get(groupId)?.settings;
  return own ? mergeSettings(state.settings, own as GroupSettingsPatch) : state.settings;
}

/** Whether conversations of this group are assigned to this agent without being accepted (AR5). */
export function isAutomaticFor(state: Known, groupId: string): boolean {
  const settings = settingsFor(state, groupId);
  if (settings === null) return false;
  const own = state.me ? (state.agents.get(state.me.agentId)?.automatic ?? null) : null;
  return settings.reception.agentMayChoose && own !== null ? own : settings.reception.automatic;
}

/** The switches in effect for this agent: the office's, with the agent's own choice where it is allowed. */
export interface ReceptionForMe {
  automatic: boolean;
  redirectSeconds: number | null;
  breakSeconds: number | null;
  misses: number;
  mayChoose: boolean;
  /** How many of this agent's groups have reception settings of their own. */
  overridden: number;
}

export function receptionForMe(state: Known): ReceptionForMe | null {
  const { settings, me } = state;
  if (settings === null) return null;
  const agent = me ? state.agents.get(me.agentId) : undefined;
  const { reception } = settings;
  const own = agent?.automatic ?? null;
  return {
    automatic: reception.agentMayChoose && own !== null ? own : reception.automatic,
    redirectSeconds: reception.redirect.enabled ? reception.redirect.afterSeconds : null,
    breakSeconds: reception.shortBreak.enabled ? reception.shortBreak.afterSeconds : null,
    misses: reception.shortBreak.misses,
    mayChoose: reception.agentMayChoose,
    overridden: (agent?.groups ?? []).filter(
      ({ groupId }) => 'reception' in (state.groups.get(groupId)?.settings ?? {}),
    ).length,
  };
}
