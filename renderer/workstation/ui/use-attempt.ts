import { useState } from 'react';

/** `Problem`: why it did not work, as a form shows it. */
export type Attempt<Problem> =
  | { stage: 'idle' }
  | { stage: 'busy' }
  | { stage: 'done' }
  | { stage: 'failed'; problem: Problem };

/** What a form tries on this machine: whether it is under way, and how it went. `thrown` words an error's message. */
export function useAttempt<Problem>(thrown: (message: string) => Problem) {
  const [state, setState] = useState<Attempt<Problem>>({ stage: 'idle' });
  /** Resolves to what `work` comes to: the problem, or null when it worked. */
  const attempt = async (work: () => Promise<Problem | null>): Promise<Problem | null> => {
    setState({ stage: 'busy' });
    const problem = await work().catch((error: unknown) =>
      thrown(error instanceof Error ? error.message : String(error)),
    );
    setState(problem === null ? { stage: 'done' } : { stage: 'failed', problem });
    return problem;
  };
  return {
    state,
    isBusy: state.stage === 'busy',
    problem: state.stage === 'failed' ? state.problem : null,
    attempt,
    /** Another beginning: what went wrong is not said any more. */
    forget: () => setState({ stage: 'idle' }),
  };
}
