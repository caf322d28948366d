import type { Relation } from '../state/relation';

/** What is done to the office or to others is audited, but not the daily work on one's own. */
export function onOthers({ relation }: { relation: Relation }): boolean {
  return relation !== 'own';
}

export function byForce({ command }: { command: { force?: boolean | undefined } }): boolean {
  return command.force === true;
}
