import type { Profile } from '../../../shared/desktop-api';

/** What a person has who was let in: the profile to keep, and the name to greet them by. */
export interface Entered {
  profile: Profile;
  agentName: string;
}
