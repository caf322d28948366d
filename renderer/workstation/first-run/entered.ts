import type { Profile } from '../../../shared/desktop-api';

/** A completed sign-in that is not stored on this machine yet. */
export interface Entered {
  profile: Profile;
  /** Empty where it is not known. */
  agentName: string;
}
