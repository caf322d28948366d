import * as z from 'zod';
import { epochMs, integerIn } from './fields';
import { ratingCommentMax, ratingRange } from './limits';

export const score = integerIn(ratingRange);
/** Empty: none. */
export const ratingComment = z.string().max(ratingCommentMax);

/** What a customer has said of a conversation that has ended, as they said it last. */
export const rating = z.object({ score, comment: ratingComment, at: epochMs });

/** As its customer sees it. */
export const ownRating = rating.omit({ at: true });

/** What customers can do once a conversation has ended, as the office has it. */
export const afterwards = z.strictObject({
  /** They may rate it. */
  rating: z.boolean(),
  /** When they come back they may read what was said before. Absent: no. */
  past: z.boolean().optional(),
});

export type Rating = z.infer<typeof rating>;
export type OwnRating = z.infer<typeof ownRating>;
export type Afterwards = z.infer<typeof afterwards>;

export const afterwardsDefault: Afterwards = { rating: true };
