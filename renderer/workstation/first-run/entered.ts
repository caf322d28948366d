import type { Profile } from '../../../shared/desktop-api';

/** Signed in, but nothing is kept on this machine yet. */
export interface Entered {
  profile: Profile;
  /** Empty where it is not known. */
  agentName: string;
}
