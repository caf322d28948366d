import type { Invitations } from '../entrance/invitations';
import type { PrincipalRole } from '../session/session';
import type { Whereabouts } from '../session/whereabouts';

/** Who sends a command, and where new ids and codes come from. */
export interface CommandContext {
  agentId: string | null;
  role: PrincipalRole;
  newId(kind: string): string;
  randomBytes(size: number): Uint8Array;
  invitations: Invitations;
  whereabouts: Whereabouts;
}
