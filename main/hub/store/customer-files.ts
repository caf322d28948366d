import { dirname, join } from 'node:path';
import { lastSeenAt } from '../state/customers';
import { type PastCustomer, pastCustomer } from '../state/records';
import type { Disk } from './disk';
import { listIfThere, putInPlace, readIfThere, removeIfThere, writeAll, writeBeside } from './durable-file';
import { type FileLine, readLines, readPieces, textOf } from './file-pieces';
import { parseJson } from './saved-forms';

const folderName = 'customers';
const ending = '.jsonl';
const newline = 10;

/** UTC months that have customers' files, oldest first. */
function monthsIn(disk: Disk, folder: string): string[] {
  return listIfThere(disk, join(folder, folderName)).filter((name) => /^\d{4}-\d\d$/.test(name));
}

function monthOf(at: number): string {
  return new Date(at).toISOString().slice(0, 7);
}

/** Names below the folder's `customers`, oldest month first. */
export function customerFilesIn(disk: Disk, folder: string): string[] {
  return monthsIn(disk, folder).flatMap((month) => filesOf(disk, folder, month));
}

function filesOf(disk: Disk, folder: string, month: string): string[] {
  const names = listIfThere(disk, join(folder, folderName, month)).filter((name) => name.endsWith(ending));
  return names.map((name) => `${month}/${name}`);
}

/** By the token's hash, so that a customer who returns is looked for in one small file a month. */
function fileNameOf({ tokenHash }: Pick<PastCustomer, 'tokenHash'>): string {
  return `${tokenHash.slice(0, 2)}${ending}`;
}

interface CustomerLine {
  line: FileLine;
  /** Null: not readable. */
  customer: PastCustomer | null;
  /** Cut short by a crash: an unfinished last line, or one that was never written and reads as zeros. */
  isTorn: boolean;
}

export function* readCustomers(disk: Disk, folder: string, name: string): Generator<CustomerLine> {
  for (const line of readLines(disk, join(folder, folderName, name))) {
    const { bytes, ended } = line;
    if (bytes.length === 0) continue;
    yield { line, customer: ended ? parsed(textOf(line)) : null, isTorn: !ended || bytes.includes(0) };
  }
}

function parsed(text: string | null): PastCustomer | null {
  return text === null ? null : (pastCustomer.safeParse(parseJson(text)).data ?? null);
}

export type Sought = { tokenHash: string } | { customerId: string };

/** As they were when they last left; null: there is no past customer of that token or id. By id every file is searched. */
export function findPast(disk: Disk, folder: string, sought: Sought): PastCustomer | null {
  const [key, value] = Object.entries(sought)[0]!;
  const text = Buffer.from(`"${key}":${JSON.stringify(value)}`);
  for (const month of monthsIn(disk, folder).reverse()) {
    const names = 'tokenHash' in sought ? [`${month}/${fileNameOf(sought)}`] : filesOf(disk, folder, month);
    for (const name of names) {
      const found = lastWith(readIfThere(disk, join(folder, folderName, name)), text, (each) => {
        return 'tokenHash' in sought ? each.tokenHash === sought.tokenHash : each.customerId === sought.customerId;
      });
      if (found) return found;
    }
  }
  return null;
}

/** The last readable line with this text: what was appended later is newer. */
function lastWith(bytes: Buffer | null, text: Buffer, isMeant: (each: PastCustomer) => boolean): PastCustomer | null {
  for (let at = bytes?.lastIndexOf(text) ?? -1; bytes && at !== -1; ) {
    const from = bytes.lastIndexOf(newline, at) + 1;
    const to = bytes.indexOf(newline, at);
    const found = to === -1 ? null : parsed(bytes.toString('utf8', from, to));
    if (found && isMeant(found)) return found;
    at = from === 0 ? -1 : bytes.lastIndexOf(text, from - 1);
  }
  return null;
}

/**
 * Past customers: `customers/<UTC month they were last seen>/<start of the token's hash>.jsonl`, one line each
 * time one leaves the state. A line is on disk before its customer leaves, so one that a crash cut short is of nobody
 * who has left. Of several lines of one customer the newest counts.
 */
export class CustomerFiles {
  /** Files whose folders are known to be durable. */
  private readonly known = new Set<string>();

  constructor(
    private readonly disk: Disk,
    private readonly folder: string,
  ) {}

  /** Synced when it returns. Can be repeated. */
  add(customers: readonly PastCustomer[]): void {
    const byName = new Map<string, PastCustomer[]>();
    for (const customer of customers) {
      const name = `${monthOf(lastSeenAt(customer))}/${fileNameOf(customer)}`;
      byName.set(name, [...(byName.get(name) ?? []), customer]);
    }
    for (const [name, theirs] of byName) this.append(name, theirs);
  }

  /** Also removes unreadable lines, which may be theirs. */
  erase(customerIds: ReadonlySet<string>): void {
    this.tidy();
    this.known.clear();
    for (const name of customerFilesIn(this.disk, this.folder))
      this.keep(name, ({ customer }) => customer !== null && !customerIds.has(customer.customerId));
  }

  /** Removes those of whom nothing happened since this time. */
  expire(before: number): void {
    const { disk, folder } = this;
    this.tidy();
    this.known.clear();
    const first = monthOf(before);
    const old = monthsIn(disk, folder).filter((month) => month < first);
    for (const month of old) disk.removeAll(join(folder, folderName, month));
    if (old.length > 0) disk.syncFolder(join(folder, folderName));
    for (const name of filesOf(disk, folder, first))
      this.keep(name, ({ customer }) => customer !== null && lastSeenAt(customer) >= before);
  }

  /** Removes what a crash left of a file that was being replaced. */
  tidy(): void {
    const { disk, folder } = this;
    const left = listIfThere(disk, join(folder, folderName)).filter((name) => /\.tmp(\.\d+)?$/.test(name));
    for (const name of left) disk.remove(join(folder, folderName, name));
    if (left.length > 0) disk.syncFolder(join(folder, folderName));
  }

  /** The current length of each file. */
  extent(): { name: string; bytes: number }[] {
    const { disk, folder } = this;
    return customerFilesIn(disk, folder).map((name) => ({ name, bytes: disk.bytes(join(folder, folderName, name)) }));
  }

  private append(name: string, customers: readonly PastCustomer[]): void {
    const { disk, known } = this;
    const path = join(this.folder, folderName, name);
    if (!known.has(name)) this.makeFolders(name);
    const file = disk.open(path, 'append');
    try {
      this.cutTorn(file, path);
      // It begins with a newline: what a failed write left before it may read as zeros some day, without its own.
      writeAll(disk, file, Buffer.from(`\n${customers.map((each) => `${JSON.stringify(each)}\n`).join('')}`));
      disk.sync(file);
    } finally {
      disk.close(file);
    }
    if (!known.has(name)) disk.syncFolder(dirname(path));
    known.add(name);
  }

  private cutTorn(file: number, path: string): void {
    const { disk } = this;
    const bytes = disk.bytes(path);
    const last = Buffer.alloc(1, newline);
    for (const piece of readPieces(disk, path, Math.max(0, bytes - 1))) piece.copy(last);
    if (last[0] === newline) return;
    let whole = 0;
    for (const { to, ended } of readLines(disk, path)) if (ended) whole = to;
    disk.truncate(file, whole);
  }

  private makeFolders(name: string): void {
    const { disk, folder } = this;
    const customers = join(folder, folderName);
    disk.makeFolder(customers);
    disk.syncFolder(folder);
    disk.makeFolder(dirname(join(customers, name)));
    disk.syncFolder(customers);
  }

  /** Replaces the file by these of its lines, if any other is in it. */
  private keep(name: string, isKept: (each: CustomerLine) => boolean): void {
    const { disk, folder } = this;
    const path = join(folder, folderName, name);
    const kept: [from: number, to: number][] = [];
    let gone = false;
    for (const each of readCustomers(disk, folder, name))
      if (isKept(each)) kept.push([each.line.from, each.line.to]);
      else gone = true;
    if (!gone) return;
    if (kept.length === 0) removeIfThere(disk, path);
    else {
      const ranges = function* () {
        for (const [from, to] of kept) yield* readPieces(disk, path, from, to);
      };
      // Beside the months, where a start finds what is left of it.
      putInPlace(disk, writeBeside(disk, join(folder, folderName, 'rewritten'), ranges()).temp, path);
      disk.syncFolder(join(folder, folderName));
    }
    disk.syncFolder(dirname(path));
  }
}
