/** The open dialog for agents: adding one, or an action for one of them. */
export type AgentEditing =
  | { kind: 'add' }
  | { kind: 'edit' | 'code' | 'devices' | 'revoke' | 'remove'; agentId: string };
