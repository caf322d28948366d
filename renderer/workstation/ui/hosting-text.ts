import type { HostingState } from '../../../shared/desktop-api';
import type { Text } from '../../../shared/text/workstation-text';
import { hasText } from './refusal-text';

/** Why the hub in this app could not start; empty if it did not fail. */
export function hostingText(t: Text, hub: HostingState): string {
  if (hub.state !== 'failed') return '';
  const key = `host.error.${hub.code}`;
  return hasText(key) ? t(key) : hub.message;
}
