/** Why this agent might miss an alert, the gravest reason first. */
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
  /** `never`: this system shows none. Otherwise the user's permission: `ask` when not given or denied yet. */
  notifications: 'yes' | 'ask' | 'no' | 'never';
  /** The user's answer after their last test; null before the first. */
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
