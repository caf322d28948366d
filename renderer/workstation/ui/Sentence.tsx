import { createElement, Fragment, type ReactNode } from 'react';
import type { TextKey, TextParams } from '../../../shared/text/workstation-text';
import { useText } from './text';

/** A sentence with running figures in it: the parts in `slots` stand where the text says `{name}`. */
export function Sentence({
  text,
  params = {},
  slots,
}: {
  text: TextKey;
  params?: TextParams;
  slots: Record<string, ReactNode>;
}) {
  const t = useText();
  const marks = Object.fromEntries(Object.keys(slots).map((name) => [name, `\u0001${name}\u0001`]));
  const parts = t(text, { ...params, ...marks }).split('\u0001');
  // Odd parts are the names of slots; a text that leaves one out still reads. Handed over as single
  // children, because the pieces of one sentence need no keys.
  return createElement(Fragment, null, ...parts.map((part, i) => (i % 2 === 1 ? slots[part] : part)));
}
