/** What keeps this person from noticing an alert, the gravest first. */
export type AlertProblem =
  | 'off'
  | 'blocked'
  | 'linkDown'
  | 'noNotifications'
  | 'notificationsNotAllowed'
  | 'testFailed'
  | 'notTested';

export interface AlertFacts {
  alertsOn: boolean;
  soundBlocked: boolean;
  linkUp: boolean;
  /** Whether notifications are shown: `never` on this system, or `no`, `ask` and `yes` as the person allowed. */
  notifications: 'yes' | 'ask' | 'no' | 'never';
  /** What the person said after the last test of theirs; null before the first. */
  lastTest: { noticed: boolean } | null;
}

export function alertProblems({ alertsOn, soundBlocked, linkUp, notifications, lastTest }: AlertFacts): AlertProblem[] {
  const problems: AlertProblem[] = [];
  if (!alertsOn) problems.push('off');
  else if (soundBlocked) problems.push('blocked');
  if (!linkUp) problems.push('linkDown');
  if (notifications === 'never') problems.push('noNotifications');
  else if (notifications !== 'yes') problems.push('notificationsNotAllowed');
  if (lastTest === null) problems.push('notTested');
  else if (!lastTest.noticed) problems.push('testFailed');
  return problems;
}
