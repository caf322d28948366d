import { createElement, Fragment, type ReactNode } from 'react';
import type { TextKey, TextParams } from '../../../shared/text/workstation-text';
import { useText } from './text';

/** A sentence with components in it, such as running figures: `slots` replace `{name}` in the text. */
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
  // Odd parts are slot names; a text need not use every slot. Passed as separate children, which need no keys.
  return createElement(Fragment, null, ...parts.map((part, i) => (i % 2 === 1 ? slots[part] : part)));
}
