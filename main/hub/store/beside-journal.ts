import { configToJson } from '../state/config';
import { kindOf } from '../system/error-kind';
import { configFile } from './data-folder';
import { isDiskError } from './disk';
import type { OpenFolder, WriterPorts } from './open-folder';
import type { Held } from './store';
import { isGrave } from './store-problem';

/** Writes the files beside the journal. Any of it may be written later, because the journal has it. */
export class BesideJournal {
  private toldHeld: readonly Held[] = [];

  constructor(private readonly ports: WriterPorts) {}

  /** Nothing is held after a load. */
  forget(): void {
    this.toldHeld = [];
  }

  catchUp(open: OpenFolder): void {
    if (open.configIsBehind) this.attempt(open, 'config', () => this.saveConfig(open));
    if (open.left.length > 0) this.attempt(open, 'pages', () => fillPages(open));
    if (open.forgotten.length > 0) this.attempt(open, 'archive', () => fillArchive(open));
    if (open.audit.isBehind) this.attempt(open, 'audit', () => open.audit.write());
    this.tellHeld(open);
  }

  /** The same, with late ratings: each means a day written anew, so they wait until it is read or a snapshot is made. */
  settle(open: OpenFolder): void {
    this.catchUp(open);
    if (open.rated.length > 0 && open.forgotten.length === 0) this.attempt(open, 'archive', () => fillRatings(open));
    this.tellHeld(open);
  }

  /** Only a grave error stops the writer; on any other, the work is held and reported. */
  attempt(open: OpenFolder, what: Held, work: () => void): void {
    if (open.held.has(what)) return;
    try {
      work();
    } catch (error) {
      if (isGrave(error)) throw error;
      open.held.add(what);
      this.ports.log('error', 'store.held', { what, ...kindOf(error) });
    }
  }

  tellHeld({ held }: OpenFolder): void {
    const names = [...held].sort();
    if (names.join() === this.toldHeld.join()) return;
    this.toldHeld = names;
    this.ports.tell({ kind: 'held', held: names });
  }

  private saveConfig(open: OpenFolder): void {
    const { seq, config } = open.state;
    configFile(this.ports.disk, this.ports.folder).save({ seq, content: configToJson(config) });
    open.configIsBehind = false;
  }
}

function fillPages({ pages, left }: OpenFolder): void {
  let written = 0;
  try {
    for (const each of left) {
      pages.add(each);
      written += 1;
    }
  } finally {
    left.splice(0, written);
  }
}

function fillRatings({ archive, rated }: OpenFolder): void {
  archive.rate(rated);
  rated.length = 0;
}

/** After an error adds one by one, so that one bad conversation does not block the others. */
function fillArchive({ archive, forgotten }: OpenFolder): void {
  try {
    archive.add(forgotten);
    forgotten.length = 0;
  } catch (error) {
    if (isDiskError(error)) throw error;
    for (const each of forgotten.splice(0)) {
      try {
        archive.add([each]);
      } catch (its) {
        forgotten.push(each);
        if (isDiskError(its)) throw its;
      }
    }
    if (forgotten.length > 0) throw error;
  }
}
