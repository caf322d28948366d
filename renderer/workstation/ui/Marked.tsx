import { useMemo } from 'react';
import { markedParts, searchWords } from '../../../shared/search-words';
import classes from './Marked.module.css';

/** The text, with the search terms marked. */
export function Marked({ text, query }: { text: string; query: string }) {
  const parts = useMemo(() => markedParts(text, searchWords(query)), [text, query]);
  return parts.map((part, at) =>
    part.isMatch ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text have no identity but their position
      <mark key={at} className={classes.mark}>
        {part.text}
      </mark>
    ) : (
      part.text
    ),
  );
}
