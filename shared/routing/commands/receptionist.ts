import { emit, type Run } from '../effects';
import type { CommandOf, Refusal } from '../types';
import { unknownAgent } from './setup';
import { refuse } from './validate';

/*
 * LR5: the shell may store last receptionists elsewhere while their customers are away. Nobody acts by either command:
 * no turn, status or place changes, other than by the preference itself.
 */

export function receptionistsForget(run: Run, command: CommandOf<'receptionists.forget'>): null {
  const { lastReceptionists, openByCustomer } = run.state;
  const customerIds = [...new Set(command.customerIds)].filter(
    (customerId) => lastReceptionists.has(customerId) && !openByCustomer.has(customerId),
  );
  if (customerIds.length > 0) emit(run, 'receptionists.forgotten', { customerIds });
  return null;
}

export function receptionistRecall(run: Run, command: CommandOf<'receptionist.recall'>): Refusal | null {
  const { customerId, receptionistId, wroteAt } = command;
  if (!run.state.agents.has(receptionistId)) return unknownAgent(receptionistId, 'receptionistId');
  if (wroteAt > run.at) return refuse('commandInvalid', 'wroteAt must not be in the future', { field: 'wroteAt' });
  const known = run.state.lastReceptionists.get(customerId);
  if (!known || known.at < wroteAt) emit(run, 'receptionist.recalled', { customerId, receptionistId, wroteAt });
  return null;
}
