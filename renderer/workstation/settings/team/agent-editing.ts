/** What a supervisor is doing to the agents: adding one, or one thing to one of them. */
export type AgentEditing =
  | { kind: 'add' }
  | { kind: 'edit' | 'code' | 'devices' | 'revoke' | 'remove'; agentId: string };
