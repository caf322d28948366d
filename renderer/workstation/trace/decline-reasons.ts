import type { TextKey } from '../../../shared/text/workstation-text';

/** `reason` is recorded, so it is in English whatever the agent's language. */
export const declineReasons: readonly { text: TextKey; reason: string | null }[] = [
  { text: 'incoming.declineBusy', reason: 'in another conversation' },
  { text: 'incoming.declineSkill', reason: 'not my subject' },
  { text: 'incoming.declineAway', reason: 'about to leave' },
  { text: 'incoming.declineNone', reason: null },
];
