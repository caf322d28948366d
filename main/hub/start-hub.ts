import type { AuditActor } from '../../shared/protocol/audit';
import type { CloseName } from '../../shared/protocol/close-codes';
import { Door } from './admission/door';
import { Refusals } from './admission/refusals';
import { ProgramUse } from './audit/program-use';
import { Backups } from './commands/backups';
import { Commands } from './commands/execute';
import { Entrance } from './entrance/entrance';
import { type SetUpOptions, setUpOffice } from './entrance/set-up';
import { EarlierPages } from './history/earlier-pages';
import { History } from './history/history';
import { PastTalk } from './history/past-talk';
import { OpeningHours } from './hours/opening-hours';
import { HubStartError } from './hub-start-error';
import type { HubLimits } from './limits';
import { Loop } from './loop/loop';
import type { Clock, HubPorts } from './ports';
import { Erasures } from './retention/erasures';
import { PastCustomers } from './retention/past-customers';
import { Retention } from './retention/retention';
import { endsOfBlocks } from './rights/blocks';
import { Whereabouts } from './session/whereabouts';
import { type HubState, replayRecord } from './state/hub-state';
import { startingState } from './state/saved-state';
import type { Store } from './store/store';
import { kindOf } from './system/error-kind';
import { notBefore } from './system/system-clock';
import { type Post, postOver } from './webhooks/post';
import { WebhookService } from './webhooks/webhook-service';

/** A loop wired up with the services around it; it decides nothing itself. */
export class Hub extends Loop {
  readonly whereabouts = new Whereabouts(this.sessions);
  readonly door: Door;
  readonly programUse = new ProgramUse(this);
  readonly entrance: Entrance;
  readonly pastCustomers: PastCustomers;
  readonly erasures: Erasures;
  readonly retention: Retention;
  readonly history: History;
  readonly earlierPages: EarlierPages;
  readonly webhooks: WebhookService;
  readonly commands: Commands;

  constructor(
    state: HubState,
    store: Store,
    ports: HubPorts,
    limits: HubLimits,
    /** By `commandKey`: commands during which an earlier hub of this process failed. */
    failedCommands: ReadonlySet<string>,
    post: (clock: Clock) => Post,
  ) {
    const clock = notBefore(ports.clock, state.at);
    const hours = new OpeningHours(state, clock, () => ports.clock.wallNow?.() ?? ports.clock.now());
    super(
      state,
      store,
      { clock, log: ports.log, randomBytes: (size) => ports.randomBytes(size) },
      limits,
      hours,
      failedCommands,
    );
    const refusals = this.refusals();
    this.door = new Door(limits, state, refusals, () => this.clock.now());
    this.pastCustomers = new PastCustomers(this, store);
    this.entrance = new Entrance(this, this.door, store, this.pastCustomers);
    this.erasures = new Erasures(this, store, this.pastCustomers);
    this.retention = new Retention(this, store);
    this.history = new History(this, store, this.pastCustomers);
    this.earlierPages = new EarlierPages(this, store);
    this.webhooks = new WebhookService(this, post(this.clock));
    this.commands = this.commandsWith(store);
    this.attach({
      timed: [this.retention, hours, endsOfBlocks(state), this.pastCustomers, this.programUse],
      recorded: (events) => {
        this.door.recorded(events);
        this.webhooks.recorded(events);
      },
      stopped: (why) => {
        refusals.stop();
        this.entrance.stop(why);
        this.webhooks.stop();
      },
    });
  }

  override stop(why: CloseName = 'hubStopping'): void {
    if (why === 'hubStopping' && !this.closedBecause) this.guard.run(() => this.programUse.tellAll());
    super.stop(why);
  }

  /** Refusals of strangers, shown to supervisors and noted in the audit log. */
  private refusals(): Refusals {
    const { clock, log, fanOut, limits } = this;
    return new Refusals(
      {
        clock,
        log,
        tell: (refusals) => fanOut.refusals(refusals),
        note: ({ what, address }) =>
          this.step((step) =>
            step.note({ by: strangerAt(address), action: 'stranger.refused', subject: what, changes: [] }),
          ),
      },
      limits.refusals,
    );
  }

  private commandsWith(store: Store): Commands {
    const { fanOut, whereabouts, history, earlierPages, erasures, entrance, webhooks } = this;
    const { invitations, passphrases } = entrance;
    const hubKey = {
      isUsed: () => entrance.lan !== null,
      rotate: (finish: boolean, by: AuditActor) => entrance.rotateKey(finish, by),
    };
    const backups = new Backups(this, store);
    const pastTalk = new PastTalk(this, store);
    const kept = { history, earlierPages, pastTalk, store, backups, erasures, webhooks };
    const services = {
      loop: this,
      fanOut,
      whereabouts,
      programUse: this.programUse,
      invitations,
      passphrases,
      hubKey,
      ...kept,
    };
    return new Commands(this, services, this.door, this.pastCustomers);
  }
}

/** Starts everything but the listeners; tests drive it over an in-memory wire. */
export async function startHub(
  store: Store,
  options: SetUpOptions,
  ports: HubPorts,
  limits: HubLimits,
  failedCommands: ReadonlySet<string> = new Set(),
  files: Retention['files'] = null,
  post: (clock: Clock) => Post = postOver,
): Promise<Hub> {
  const hub = new Hub(await replayed(store, limits), store, ports, limits, failedCommands, post);
  hub.retention.files = files;
  if (hub.state.config.office === null) await setUpOffice(hub, options);
  hub.start((step) => {
    hub.retention.begin(step);
    step.route({ type: 'hub.started' });
  });
  // Completes what a crash interrupted. A failure is logged, and must not keep the hub from starting.
  await hub.erasures.finish().catch(() => undefined);
  await hub.retention.finish().catch(() => undefined);
  hub.webhooks.start();
  return hub;
}

/** If the stored state can't be rebuilt, that is damage: no record is skipped, and none is made up. */
async function replayed(store: Store, limits: HubLimits): Promise<HubState> {
  try {
    const state = startingState(store.base, limits);
    const configSeq = store.base.config?.seq ?? 0;
    await store.replay((record) => void replayRecord(state, record, configSeq));
    return state;
  } catch (error) {
    if (error instanceof HubStartError) throw error;
    const { kind, at } = kindOf(error);
    const message = `What the hub has recorded can't be replayed (${[kind, at[0]].join(' in ')}).`;
    throw new HubStartError('damaged', message);
  }
}

/** `address` null: several addresses, or all. */
function strangerAt(address: string | null): AuditActor {
  return address === null ? { kind: 'hub' } : { kind: 'unknown', address };
}
