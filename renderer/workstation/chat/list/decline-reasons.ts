import type { TextKey } from '../../../../shared/text/workstation-text';

/** `reason` goes to the record, so it is English whatever the agent reads. */
export const declineReasons: readonly { text: TextKey; reason: string | null }[] = [
  { text: 'incoming.declineBusy', reason: 'in another conversation' },
  { text: 'incoming.declineSkill', reason: 'not my subject' },
  { text: 'incoming.declineAway', reason: 'about to leave' },
  { text: 'incoming.declineNone', reason: null },
];
