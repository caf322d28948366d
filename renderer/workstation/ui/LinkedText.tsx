import { useMemo } from 'react';
import { textParts } from '../../../shared/links';
import { useServices } from '../services/services';
import classes from './LinkedText.module.css';
import { Marked } from './Marked';

interface LinkedTextProps {
  children: string;
  /** Search terms to mark. */
  query?: string;
}

/** What a person wrote, with its addresses as links. A link shows its own address. */
export function LinkedText({ children: text, query = '' }: LinkedTextProps) {
  const { findLinks, openLink } = useServices();
  const parts = useMemo(() => textParts(text, findLinks(text)), [text, findLinks]);
  return parts.map((part, at) =>
    typeof part === 'string' ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text have no identity but their position
      <Marked key={at} text={part} query={query} />
    ) : (
      <a
        key={part.start}
        className={classes.link}
        href={part.url}
        rel="noopener noreferrer"
        onClick={(event) => {
          event.preventDefault();
          openLink(part.url);
        }}
      >
        <Marked text={part.text} query={query} />
      </a>
    ),
  );
}
