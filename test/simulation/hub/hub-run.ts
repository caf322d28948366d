import type { Clock } from '../../../main/hub/ports';
import { verifyOnDisk } from '../../../main/hub/store/verify-folder';
import type { Answer } from '../../../shared/client/answer';
import { createRandom, type Random } from '../random';
import { brokenByAudit } from './audit-checks';
import { dataFolder, SimDisk } from './disk';
import { brokenByFrame, personOf } from './frame-checks';
import { Absences, brokenByPages, brokenByReplay, brokenByStep } from './hub-checks';
import { HubProcess, simLimits } from './hub-process';
import type { Client, ClientWatch, Entry } from './people';
import { brokenByPicture } from './picture-checks';
import { shutsOut } from './shut-out-acts';
import { Story } from './story';
import { SimTime } from './time';
import { Truth } from './truth';
import { hasReceiver, WebhookReceiver } from './webhook-receiver';
import { Wire } from './wire';

const mondayMorning = Date.UTC(2026, 0, 5, 9);
const settleStepMs = 60;
const settleStepsMax = 50;

/** A hub's successive processes on one disk, the wire to its clients, and everything they are checked against. */
export class HubRun implements ClientWatch {
  readonly time = new SimTime(mondayMorning);
  readonly story = new Story(() => this.time.now());
  readonly truth = new Truth(() => this.time.now());
  readonly absences = new Absences();
  readonly wire: Wire;
  readonly clients = new Set<Client>();
  readonly broken: string[] = [];
  readonly figures = { records: 0, messages: 0, crashes: 0, brokenCatchUps: 0, acks: 0, returns: 0 };
  process: HubProcess | null = null;
  /** Of assistants: draws of its own, so that an office without one lives as ever. */
  readonly robots: Random;
  /** Of the office's own site, which signs who its customers are: the same. */
  readonly shop: Random;
  /** Whether customers are blocked in this run. */
  readonly shutsOut: boolean;
  /** What the office's webhook leads to; null: it has none. */
  readonly receiver: WebhookReceiver | null;
  private readonly disk: SimDisk;
  private readonly hubRandom;
  /** Acknowledged commands: by device and cid, the record they are in. */
  private readonly acknowledged = new Map<string, { device: string; cid: string; seq: number }>();
  private diskFailed = false;

  constructor(seed: number) {
    this.shutsOut = shutsOut(seed);
    this.robots = createRandom(seed + 5 * 2 ** 32);
    this.shop = createRandom(seed + 6 * 2 ** 32);
    this.receiver = hasReceiver(seed) ? new WebhookReceiver(createRandom(seed + 7 * 2 ** 32)) : null;
    this.disk = new SimDisk(createRandom(seed + 2 ** 32));
    this.hubRandom = createRandom(seed + 2 ** 33);
    this.wire = new Wire(this.time, createRandom(seed + 3 * 2 ** 32), createRandom(seed + 4 * 2 ** 32), {
      sent: (frame, { store }) => {
        const seq = Number(/"seq":(\d+)/.exec(frame)?.[1] ?? 0);
        if (seq > store.saidDurableSeq)
          this.broken.push(`early: record ${seq} is not on disk, and this leaves: ${frame}`);
      },
      said: (end, frame) => {
        if (frame.includes('"type":"ping"')) return;
        this.story.tell(() => `  ${end.name} sends ${frame.slice(0, 300)}`);
      },
      closed: (end, why) => this.story.tell(() => `  the hub closes ${end.name}: ${why}`),
      broke: (end, { catchingUp }) => {
        if (catchingUp) this.figures.brokenCatchUps += 1;
        this.story.tell(() => `  ${end.name}'s line breaks ${catchingUp ? 'while it catches up' : ''}`);
      },
    });
  }

  /** Starts the hub from its disk. */
  async start(wallAheadMs: number): Promise<void> {
    this.diskFailed = false;
    const { receiver } = this;
    const post = receiver ? (clock: Clock) => receiver.post(clock) : undefined;
    this.process = await HubProcess.start(this.time, this.disk, this.hubRandom, wallAheadMs, post, {
      recovered: (records, lastSeq) => {
        this.broken.push(...this.truth.differing(records));
        this.truth.cutBack(lastSeq);
      },
      appended: (record) => {
        this.story.record(record);
        this.broken.push(...this.truth.append(record));
        this.figures.records += 1;
        if (record.events.some(({ event }) => event.type === 'customer.returned')) this.figures.returns += 1;
      },
      logged: (level, event, detail) => {
        const isExpected = level === 'warn' ? event !== 'frame.bad' : this.diskFailed && isOfDisk(event, detail);
        if (!isExpected) this.broken.push(`log: ${level} ${event} ${JSON.stringify(detail)}`);
      },
    });
    this.wire.hub = this.process;
    this.absences.startAnew();
    this.broken.push(...brokenByReplay(this.truth, this.process), ...this.lostAcknowledgements());
  }

  /** Kills the process at once. */
  kill(): void {
    if (!this.process) return;
    if (!this.diskFailed) this.broken.push(...brokenByReplay(this.truth, this.process));
    this.process.kill();
    this.process = null;
    this.wire.hub = null;
    this.figures.crashes += 1;
  }

  failDisk(): void {
    this.diskFailed = true;
    this.disk.fail();
  }

  /** Whether the hub answers: it is neither down, asleep nor read-only. */
  get isServing(): boolean {
    return this.process !== null && !this.process.clock.isAsleep && this.process.hub.closedBecause === null;
  }

  checkStep(): void {
    if (!this.process || !this.isServing) return;
    this.broken.push(...brokenByStep(this.truth, this.process));
    this.broken.push(...this.absences.broken(this.truth, this.process, this.time.now()));
    this.broken.push(...(this.receiver?.brokenByRequests() ?? []));
  }

  /** Delivers everything in flight, then compares every client's picture with the hub's. */
  async checkPictures(): Promise<void> {
    if (!(await this.settle()) || !this.process) return;
    this.broken.push(...brokenByReplay(this.truth, this.process));
    this.broken.push(...(this.receiver?.brokenByEvents(this.truth, this.process) ?? []));
    if (!this.diskFailed) this.broken.push(...brokenByPages(this.truth, this.process, this.disk.memory));
    for (const client of this.clients) {
      const { isUp, line } = client;
      if (isUp && line?.isOpen && !line.isStalled)
        this.broken.push(...brokenByPicture(this.truth, this.process, client));
    }
  }

  async settle(): Promise<boolean> {
    for (let step = 0; step < settleStepsMax; step += 1) {
      await this.time.advance(settleStepMs);
      if (!this.isServing) return false;
      if (this.wire.inFlight === 0 && this.process?.isIdle) return true;
    }
    return false;
  }

  heard(client: Client, frame: string, line: NonNullable<Client['line']>): void {
    this.broken.push(...brokenByFrame(this.truth, client, frame, line));
  }

  answered(client: Client, { cid, n, body }: Entry, answer: Answer): void {
    this.story.tell(() => `  ${client.name} is answered ${cid}: ${answer.ok ? 'ack' : answer.code}`);
    const text = 'text' in body && body.op !== 'message.leave' ? body.text : undefined;
    const said = text === undefined ? null : this.truth.timesSaid(text);
    if (!answer.ok) {
      const device = `${personOf(client)}/${client.deviceId}`;
      if (answer.code === 'numberUsed' && !this.truth.wasPassedBy(device, n))
        this.broken.push(`once: ${client.name}'s ${cid} is refused with numberUsed`);
      if (said !== null && said > 0) this.broken.push(`ack: “${text}” is refused with ${answer.code}, and was said`);
      return;
    }
    if (body.op === 'conversation.watch' || body.op === 'conversation.trace' || body.op === 'leftMessage.reopen')
      return;
    this.figures.acks += 1;
    if (said !== null) this.figures.messages += 1;
    if (said !== null && said !== 1) this.broken.push(`ack: “${text}” is acknowledged and was said ${said} times`);
    const acked = { device: `${personOf(client)}/${client.deviceId}`, cid, seq: answer.seq };
    this.acknowledged.set(`${acked.device} ${cid}`, acked);
    this.broken.push(...this.lost(acked));
  }

  /** Verifies every checksum and rule of the data folder, as the command line does for a person. */
  checkFolder(): void {
    const { problems } = verifyOnDisk(this.disk.memory.copy(), dataFolder, simLimits);
    this.broken.push(...problems.map((problem) => `folder: ${problem}`));
    this.broken.push(...brokenByAudit(this.truth, this.disk.memory.copy()));
  }

  close(): void {
    this.process?.kill();
  }

  private lostAcknowledgements(): string[] {
    return [...this.acknowledged.values()].flatMap((acked) => this.lost(acked));
  }

  private lost({ device, cid, seq }: { device: string; cid: string; seq: number }): string[] {
    const executedAt = this.truth.executedAt(device, cid);
    return executedAt === seq
      ? []
      : [`ack: ${device}'s ${cid} was acknowledged as ${seq} and is in record ${executedAt}`];
  }
}

/** A disk that fails ends the store; until that is seen, files of past customers can't be read by who looks for one. */
function isOfDisk(event: string, detail: Record<string, unknown> | undefined): boolean {
  if (event === 'store.failed') return true;
  return (event === 'line.fault' || event === 'recall.failed') && /^Error (EIO|ENOSPC)$/.test(String(detail?.kind));
}
