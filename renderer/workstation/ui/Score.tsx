import { IconStar, IconStarFilled } from '@tabler/icons-react';
import { ratingRange } from '../../../shared/protocol/limits';
import type { Rating } from '../../../shared/protocol/rating';
import classes from './Score.module.css';
import { useText } from './text';

const points = Array.from({ length: ratingRange.max }, (_, index) => index + 1);

/** A customer's rating as stars, said in words to a screen reader; with the comment, if that is wanted. */
export function Score({ rating, withComment = false }: { rating: Rating; withComment?: boolean }) {
  const t = useText();
  const { score, comment } = rating;
  return (
    <span className={classes.rating}>
      <span className={classes.stars} role="img" aria-label={t('rating.score', { score, max: ratingRange.max })}>
        {points.map((point) =>
          point <= score ? <IconStarFilled key={point} size={13} /> : <IconStar key={point} size={13} />,
        )}
      </span>
      {withComment && comment !== '' ? (
        <q className={classes.comment} dir="auto">
          {comment}
        </q>
      ) : null}
    </span>
  );
}
