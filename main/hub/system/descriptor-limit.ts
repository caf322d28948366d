import { readFileSync } from 'node:fs';
import type { HubLimits } from '../limits';

/** For systems that do not say, such as Windows: more than a busy office needs, fewer than any of them allows. */
const unknownLimit = 8_192;
/** Some customers are admitted however low the limit is. */
const socketsMin = 64;

/** How many sockets customers may have, so that agents and the store never run out of descriptors. */
export function customerSocketsMax({ customers, descriptorsKept }: HubLimits, descriptorLimit: number): number {
  return Math.max(socketsMin, Math.min(customers.socketsMax, descriptorLimit - descriptorsKept));
}

/** How many files and sockets this process may have open at once. */
export function descriptorLimit(): number {
  return fromProc() ?? fromReport() ?? unknownLimit;
}

function fromProc(): number | null {
  if (process.platform !== 'linux') return null;
  try {
    return limitOf(/^Max open files\s+(\S+)/m.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1]);
  } catch {
    return null;
  }
}

/** macOS has it in the diagnostic report. */
function fromReport(): number | null {
  if (process.platform === 'win32') return null;
  const report: unknown = process.report?.getReport();
  return limitOf((report as { userLimits?: { open_files?: { soft?: unknown } } })?.userLimits?.open_files?.soft);
}

function limitOf(soft: unknown): number | null {
  const limit = soft === 'unlimited' ? Number.MAX_SAFE_INTEGER : Number(soft);
  return Number.isSafeInteger(limit) && limit > 0 ? limit : null;
}
