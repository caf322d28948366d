/** What may be logged of an error: never its message, which may hold a person's text. */
export interface ErrorKind {
  /** `TypeError`, `Error ENOSPC`. */
  kind: string;
  /** Where it was thrown, the innermost call first. */
  at: string[];
}

const framesMax = 4;

export function kindOf(error: unknown): ErrorKind {
  if (!(error instanceof Error)) return { kind: typeof error, at: [] };
  const { code } = error as NodeJS.ErrnoException;
  const frames = (error.stack ?? '').split('\n').filter((line) => /^ {4}at /.test(line));
  return {
    kind: code === undefined ? error.name : `${error.name} ${code}`,
    at: frames.slice(0, framesMax).map(called),
  };
}

/** `route (route.ts:58:9)`: without the folder, which may reveal a user name. */
function called(frame: string): string {
  return frame.slice('    at '.length).replace(/(?:file:\/\/)?[^\s()]*[\\/]/g, '');
}
