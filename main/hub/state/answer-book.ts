import { must } from '../../../shared/routing/index';
import type { HubLimits } from '../limits';
import type { Answer, PastCustomer } from './records';

export interface GivenAnswer {
  seq: number;
  answer: Answer;
  /** When, of a program's; of others it does not matter. */
  at?: number;
}

interface DeviceAnswers {
  person: string;
  lastN: number;
  byN: Map<number, GivenAnswer>;
}

export interface SavedAnswers {
  /** `[device, lastN, [n, answer]…]` */
  devices: [string, number, [number, GivenAnswer][]][];
  byPerson: [string, string[]][];
}

/** STORAGE.md, "Sessions": the last executed `n` and the last answers, per person and device. */
export class AnswerBook {
  private readonly devices = new Map<string, DeviceAnswers>();
  /** Each person's devices by last use. A customer may open any number of tabs: the least recently used are dropped. */
  private readonly byPerson = new Map<string, string[]>();

  constructor(
    private readonly limits: Pick<
      HubLimits,
      'answersPerDeviceMax' | 'devicesPerPersonMax' | 'apiKeysMax' | 'apiKeysKeptMs'
    >,
  ) {}

  save(): SavedAnswers {
    const devices = [...this.devices].map(([device, { lastN, byN }]): SavedAnswers['devices'][number] => [
      device,
      lastN,
      [...byN],
    ]);
    return { devices, byPerson: [...this.byPerson] };
  }

  /** The inverse of `save`, into an empty book. */
  load({ devices, byPerson }: SavedAnswers): void {
    for (const [device, lastN, byN] of devices)
      this.devices.set(device, { person: personOf(device), lastN, byN: new Map(byN) });
    for (const [person, known] of byPerson) this.byPerson.set(person, known);
  }

  /** The sum of every device's `lastN`, for comparing two replicas. */
  countedTotal(): number {
    let total = 0;
    for (const { lastN } of this.devices.values()) total += lastN;
    return total;
  }

  lastN(device: string): number {
    return this.devices.get(device)?.lastN ?? 0;
  }

  given(device: string, n: number): GivenAnswer | null {
    return this.devices.get(device)?.byN.get(n) ?? null;
  }

  /** The `cid` of each acknowledged command of the device whose answer is still kept, by its record's `seq`. */
  cidsBySeq(device: string): Map<number, string> {
    const cids = new Map<number, string>();
    for (const { seq, answer } of this.devices.get(device)?.byN.values() ?? [])
      if (answer.kind === 'ack') cids.set(seq, answer.cid);
    return cids;
  }

  note(device: string, n: number, given: GivenAnswer, at: number): void {
    let entry = this.devices.get(device);
    if (!entry) {
      entry = { person: personOf(device), lastN: 0, byN: new Map() };
      this.devices.set(device, entry);
    }
    this.boundDevices(entry.person, device, at);
    entry.lastN = Math.max(entry.lastN, n);
    entry.byN.set(n, isProgram(entry.person) ? { ...given, at } : given);
    if (entry.byN.size > this.limits.answersPerDeviceMax) {
      const oldest = entry.byN.keys().next().value;
      if (oldest !== undefined) entry.byN.delete(oldest);
    }
  }

  /** All answers to a person, for storing them elsewhere. */
  of(person: string): PastCustomer['devices'] {
    return (this.byPerson.get(person) ?? []).map((device) => {
      const { lastN, byN } = must(this.devices, device);
      return [device.slice(person.length + 1), lastN, [...byN]];
    });
  }

  /** The inverse of `of`, for a person without any. */
  takeBack(person: string, devices: PastCustomer['devices']): void {
    const keys = devices.map(([deviceId, lastN, byN]) => {
      const device = deviceKey(person, deviceId);
      this.devices.set(device, { person, lastN, byN: new Map(byN) });
      return device;
    });
    if (keys.length > 0) this.byPerson.set(person, keys);
  }

  /** Drops all answers given to a person. */
  forget(person: string): void {
    for (const device of this.byPerson.get(person) ?? []) this.devices.delete(device);
    this.byPerson.delete(person);
  }

  /** When the program may use another idempotency key, in epoch ms: the oldest of too many is forgotten then. */
  keyFreeAt(tokenId: string): number {
    const keys = this.byPerson.get(tokenId) ?? [];
    const oldest = keys[keys.length - this.limits.apiKeysMax];
    return oldest === undefined ? 0 : this.keyEndsAt(oldest);
  }

  private keyEndsAt(device: string): number {
    return (must(this.devices, device).byN.get(1)?.at ?? 0) + this.limits.apiKeysKeptMs;
  }

  private boundDevices(person: string, device: string, at: number) {
    const before = this.byPerson.get(person) ?? [];
    if (before.at(-1) === device) return;
    const known = before.filter((each) => each !== device);
    const [oldest] = known;
    known.push(device);
    const isOver = isProgram(person)
      ? oldest !== undefined && (known.length > this.limits.apiKeysMax || this.keyEndsAt(oldest) <= at)
      : known.length > this.limits.devicesPerPersonMax;
    // Of a program's at most one comes for each that goes.
    if (isOver && oldest !== undefined) {
      known.shift();
      this.devices.delete(oldest);
    }
    this.byPerson.set(person, known);
  }
}

/** Each idempotency key of a program is a device of its token, with one command. */
function isProgram(person: string): boolean {
  return person.startsWith(`${apiTokenKind}-`);
}

/** The kind of a token's id. */
export const apiTokenKind = 'apiToken';

/** The person of a `deviceKey`. */
export function personOf(device: string): string {
  return device.slice(0, device.indexOf('/'));
}

/** Unambiguous because ids hold no slash, so nobody can read another person's answers. */
export function deviceKey(personId: string, deviceId: string): string {
  return `${personId}/${deviceId}`;
}
