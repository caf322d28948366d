import { spawn } from 'node:child_process';
import { root } from './paths.mjs';

/**
 * Runs a command to its end. `show: 'live'` passes its output on (all of it to stderr), `'quiet'` keeps it for the answer.
 * Never throws: a command that cannot be started has `code` 127, one that ran past `timeoutMs` is killed and has
 * `timedOut` set.
 */
export function run(command, args, options = {}) {
  const { show = 'quiet', timeoutMs, env = process.env, cwd = root, shell = false } = options;
  const ownGroup = process.platform !== 'win32' && timeoutMs !== undefined;
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      env,
      shell,
      detached: ownGroup,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const result = { code: 127, signal: null, stdout: '', output: '', timedOut: false };
    const take = (chunk, name) => {
      const text = chunk.toString();
      if (name === 'stdout') result.stdout += text;
      result.output += text;
      if (show === 'live') process.stderr.write(chunk);
    };
    child.stdout.on('data', (chunk) => take(chunk, 'stdout'));
    child.stderr.on('data', (chunk) => take(chunk, 'stderr'));
    const kill = (signal) => {
      try {
        // The whole process group, so that its children end too.
        if (ownGroup) process.kill(-child.pid, signal);
        else child.kill(signal);
      } catch {
        // It has just exited.
      }
    };
    const timer =
      timeoutMs === undefined
        ? undefined
        : setTimeout(() => {
            result.timedOut = true;
            kill('SIGKILL');
          }, timeoutMs);
    // Its own process group does not get the terminal's Ctrl C.
    const onInterrupt = () => {
      kill('SIGTERM');
      process.exit(130);
    };
    if (ownGroup) process.once('SIGINT', onInterrupt).once('SIGTERM', onInterrupt);
    const finish = () => {
      clearTimeout(timer);
      process.removeListener('SIGINT', onInterrupt).removeListener('SIGTERM', onInterrupt);
      resolve(result);
    };
    child.on('error', (error) => {
      result.output += error.message;
      finish();
    });
    child.on('close', (code, signal) => {
      result.code = code ?? 1;
      result.signal = signal;
      finish();
    });
  });
}

/** npm as it was called, or the one on the PATH. */
export function npm(args, options) {
  const cli = process.env.npm_execpath;
  if (cli?.endsWith('.js')) return run(process.execPath, [cli, ...args], options);
  return run('npm', args, { ...options, shell: process.platform === 'win32' });
}

/** Replaces this script by a command that owns the terminal: passes signals on and takes over its exit code. */
export function handOver(command, args, options = {}) {
  const child = spawn(command, args, { cwd: root, stdio: 'inherit', ...options });
  const forward = (signal) => child.kill(signal);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => forward(signal));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      process.exitCode = code ?? (signal === 'SIGINT' || signal === 'SIGTERM' ? 0 : 1);
      resolve();
    });
  });
}

/** The last lines of a command's output, for an error message. */
export function tail(output, lines = 12) {
  return output.trimEnd().split('\n').slice(-lines).join('\n');
}
