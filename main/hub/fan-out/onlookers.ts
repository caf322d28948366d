import type { ConversationView } from '../../../shared/routing/index';
import type { HubState } from '../state/hub-state';

/** Whom `maySee` can be true for, looked up by group: it is asked of these alone. */
export class Onlookers {
  private supervisors: string[] = [];
  /** Null: to be made anew. */
  private members: Map<string, string[]> | null = null;

  constructor(private readonly state: Pick<HubState, 'config'>) {}

  /** Accounts have changed. */
  forget(): void {
    this.members = null;
  }

  of({ groupId, agentId, fromAgentId }: ConversationView): Set<string> {
    const members = this.members ?? this.look();
    const found = new Set(this.supervisors);
    for (const each of members.get(groupId) ?? []) found.add(each);
    if (agentId) found.add(agentId);
    if (fromAgentId) found.add(fromAgentId);
    return found;
  }

  private look(): Map<string, string[]> {
    const members = new Map<string, string[]>();
    this.supervisors = [];
    for (const { agentId, role, groups } of this.state.config.accounts.values()) {
      if (role === 'supervisor') this.supervisors.push(agentId);
      for (const { groupId } of groups) {
        const known = members.get(groupId);
        if (known) known.push(agentId);
        else members.set(groupId, [agentId]);
      }
    }
    this.members = members;
    return members;
  }
}
