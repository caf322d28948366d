import { LinkifyIt } from 'linkify-it';
import { type Link, linksBy } from '../../../shared/links';

/** Finds http, https and mailto links, and mail addresses. */
export function createLinkFinder(): (text: string) => Link[] {
  // Names before an `@` count as a part of the address, so that `linksBy` sees and drops them.
  const linkify = new LinkifyIt({ urlAuth: true }).add('ftp:', null).add('//', null);
  const find = (run: string) => linkify.match(run) ?? [];
  return (text) => linksBy((run) => find(run).map(({ index, raw, url }) => ({ start: index, text: raw, url })), text);
}
