/** Everything the scripts tell a person goes to stderr, so that `--json` output on stdout stays clean. */
export function say(line) {
  process.stderr.write(`${line}\n`);
}

/** An error that is explained in its message: shown without a stack. */
export class PlainError extends Error {}

/** Runs a script's main function; a plain error is printed as it is, anything else with its stack. */
export async function main(run) {
  try {
    await run();
  } catch (error) {
    say(error instanceof PlainError ? `\nError: ${error.message}` : String(error?.stack ?? error));
    process.exitCode = 1;
  }
}
