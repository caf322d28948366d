import type { Answer } from '../../../shared/client/answer';

export interface Accepting {
  /** Accepts an offer. Null: that is under way already, by a click or by the key. */
  accept(offerId: string): Promise<Answer> | null;
}

/** Accepts each offer once: a second press would be refused, as the first has it. */
export function createAccepting(
  send: (command: { op: 'offer.accept'; offerId: string }) => Promise<Answer>,
): Accepting {
  const underWay = new Set<string>();
  return {
    accept(offerId) {
      if (underWay.has(offerId)) return null;
      underWay.add(offerId);
      return send({ op: 'offer.accept', offerId }).finally(() => underWay.delete(offerId));
    },
  };
}
