/** The WebSocket path of the agents' listener. */
const path = '/ws';

/** A typed hub address as `ws://host:port`, or null if it is not valid. */
export function readAddress(typed: string): string | null {
  const trimmed = typed.trim().replace(/\/+$/, '');
  if (trimmed === '') return null;
  const withScheme = /^[a-z]+:\/\//i.test(trimmed) ? trimmed : `ws://${trimmed}`;
  const scheme = withScheme.replace(/^http/i, 'ws');
  try {
    const url = new URL(scheme);
    if (url.protocol !== 'ws:' && url.protocol !== 'wss:') return null;
    if (url.hostname === '' || url.username !== '' || url.search !== '' || url.hash !== '') return null;
    if (url.pathname !== '/' && url.pathname !== path) return null;
    return `${url.protocol}//${url.host}`;
  } catch {
    return null;
  }
}

/** An invitation link: the hub's address, its fingerprint and a one-time secret. Null if the text is no such link. */
export function readInvitation(typed: string): { agentUrl: string; secret: string } | null {
  const found = /^foyer:\/\/([^/#?@\s]+)\/?#fp=([\w-]{43})&k=([\w-]{20,40})$/.exec(typed.trim());
  const [, host, fingerprint, secret] = found ?? [];
  return host && secret ? { agentUrl: `wss://${host}#fp=${fingerprint}`, secret } : null;
}

/** Whether it is meant as an invitation, even if it is incomplete. */
export function isInvitationLike(typed: string): boolean {
  return /^foyer:/i.test(typed.trim());
}

/** Whether it is a line without TLS to this machine. */
export function isHere(agentUrl: string): boolean {
  const { protocol, hostname } = new URL(agentUrl);
  if (protocol !== 'ws:') return false;
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}

export function lineUrl(agentUrl: string): string {
  const url = new URL(agentUrl);
  url.pathname = path;
  return url.toString();
}

/** The hub that served this page. */
export function servedFrom(location: { protocol: string; host: string }): string {
  return `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}`;
}
