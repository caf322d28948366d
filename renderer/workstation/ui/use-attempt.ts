import { useState } from 'react';

/** `Problem`: why the attempt failed, in the form's own terms. */
export type Attempt<Problem> =
  | { stage: 'idle' }
  | { stage: 'busy' }
  | { stage: 'done' }
  | { stage: 'failed'; problem: Problem };

/** The state of a form's attempt to do something on this machine. `thrown` makes a problem of an error's message. */
export function useAttempt<Problem>(thrown: (message: string) => Problem) {
  const [state, setState] = useState<Attempt<Problem>>({ stage: 'idle' });
  /** Resolves to the result of `work`: the problem, or null on success. */
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
    /** Clears the problem, for example when the input changes. */
    forget: () => setState({ stage: 'idle' }),
  };
}
