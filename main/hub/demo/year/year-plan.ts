import type { Language } from '../../../../shared/protocol/fields';
import { dayMs } from '../../system/days';
import type { SeededRandom } from '../random';
import { YearWords } from './year-words';

export interface YearCustomer {
  customerId: string;
  tokenHash: string;
  name: string;
  contact: string;
  language: Language;
  /** How many commands their device has sent. */
  n: number;
}

/** One visit: a conversation with what both sides say in it, or a left message. */
export interface Visit {
  number: number;
  /** From the start of its day. */
  atMs: number;
  customer: YearCustomer;
  /** Index of its group. */
  group: number;
  isLeft: boolean;
  says: { by: 'customer' | 'agent'; text: string; afterMs: number; withFile: boolean }[];
}

const opensAtMs = 8 * 60 * 60_000;
const openMs = 10 * 60 * 60_000;
/** From Monday to Sunday. */
const weight = [1.2, 1.1, 1, 1, 1.1, 0.6, 0.4];
const returningShare = 0.3;
const leftShare = 0.02;
const fileEvery = 500;
const groupCount = 5;

/** Who comes when, and what is said: all of a year, day by day, the same from the same seed. */
export class YearPlan {
  private readonly words: YearWords;
  private readonly customers: YearCustomer[] = [];
  private readonly counts: number[];
  private visits = 0;

  constructor(
    private readonly random: SeededRandom,
    private readonly newCustomer: () => Pick<YearCustomer, 'customerId' | 'tokenHash'>,
    conversations: number,
    firstDay: number,
    days: number,
  ) {
    this.words = new YearWords(random);
    this.counts = spread(conversations, firstDay, days);
  }

  /** The visits of one day, by time. */
  day(day: number): Visit[] {
    const visits = Array.from({ length: this.counts[day] ?? 0 }, () => this.visit());
    return visits.sort((a, b) => a.atMs - b.atMs);
  }

  private visit(): Visit {
    const { random, words } = this;
    this.visits += 1;
    const isLeft = random.next() < leftShare;
    const customer = this.someone();
    const { language } = customer;
    const rounds = isLeft ? 1 : random.between(2, 5);
    const says: Visit['says'] = [];
    for (let round = 0; round < rounds; round += 1) {
      const withFile = round === 1 && this.visits % fileEvery === 0;
      const text = words.text(round === 0 ? 'question' : 'followUp', language);
      says.push({ by: 'customer', text, afterMs: round === 0 ? 0 : random.between(15_000, 90_000), withFile });
      if (isLeft) break;
      says.push({
        by: 'agent',
        text: words.text('reply', language),
        afterMs: random.between(5_000, 60_000),
        withFile: false,
      });
    }
    // Left messages come in the evening.
    const atMs =
      opensAtMs + (isLeft ? openMs : 0) + Math.floor(random.next() * (isLeft ? openMs / 4 : openMs - 3_600_000));
    return { number: this.visits, atMs, customer, group: random.between(0, groupCount), isLeft, says };
  }

  private someone(): YearCustomer {
    const { random, words, customers } = this;
    if (customers.length > 0 && random.next() < returningShare) return random.pick(customers);
    const language = random.next() < 0.5 ? 'zh' : 'en';
    const name = words.name(language);
    const contact = random.next() < 0.3 ? words.contact(name) : '';
    const customer = { ...this.newCustomer(), name, contact, language, n: 0 } as const;
    customers.push({ ...customer });
    return customers.at(-1)!;
  }
}

/** How many come on each day: in all as many as asked for. */
function spread(conversations: number, firstDay: number, days: number): number[] {
  const weights = Array.from({ length: days }, (_, day) => weight[weekdayOf(firstDay + day * dayMs)]!);
  const total = weights.reduce((sum, each) => sum + each, 0);
  let before = 0;
  let reached = 0;
  return weights.map((each) => {
    reached += each;
    const upTo = Math.round((conversations * reached) / total);
    const count = upTo - before;
    before = upTo;
    return count;
  });
}

/** 0: Monday. 1970-01-01 was a Thursday. */
function weekdayOf(at: number): number {
  return (Math.floor(at / dayMs) + 3) % 7;
}
