import { useMemo } from 'react';
import { textParts } from '../../../shared/links';
import { useServices } from '../services/services';
import classes from './LinkedText.module.css';

/** What a person wrote, with its addresses as links. A link shows its own address. */
export function LinkedText({ children: text }: { children: string }) {
  const { findLinks, openLink } = useServices();
  const parts = useMemo(() => textParts(text, findLinks(text)), [text, findLinks]);
  return parts.map((part) =>
    typeof part === 'string' ? (
      part
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
        {part.text}
      </a>
    ),
  );
}
