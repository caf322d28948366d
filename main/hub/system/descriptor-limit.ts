import { readFileSync } from 'node:fs';
import type { HubLimits } from '../limits';

/** Where the system does not say, as on Windows: more than a busy office has, and fewer than any system allows. */
const unknownLimit = 8_192;
/** However few there are, some customers are let in. */
const socketsMin = 64;

/** How many sockets customers may have, so that agents and the store never lack a descriptor. */
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
