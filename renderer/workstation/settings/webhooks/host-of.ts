import { parsedUrl } from '../../../../shared/parsed-url';

/** A webhook as people are told of it; the rest of its address may be long, and is its own secret at some services. */
export function hostOf(url: string): string {
  return parsedUrl(url)?.host ?? url;
}
