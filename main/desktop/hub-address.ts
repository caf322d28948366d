/** A hub's address, on another machine always with its certificate (SECURITY-MODEL.md, "Joining"). */
export interface HubAddress {
  url: string;
  /** Base64url SHA-256 of its certificate; null on this machine, where the line is plain. */
  fingerprint: string | null;
}

const fingerprintPattern = /^#fp=([\w-]{43})$/;

/** Null if a desktop may not connect to it: without TLS only on this machine, elsewhere with TLS pinned by `#fp=`. */
export function readHubAddress(address: string): HubAddress | null {
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    return null;
  }
  if (url.username !== '' || url.password !== '' || url.search !== '') return null;
  const fingerprint = fingerprintPattern.exec(url.hash)?.[1] ?? null;
  if (url.hash !== '' && fingerprint === null) return null;
  url.hash = '';
  if (url.protocol === 'wss:' && fingerprint !== null) return { url: url.href, fingerprint };
  if (url.protocol === 'ws:' && fingerprint === null && isLoopback(url.hostname)) return { url: url.href, fingerprint };
  return null;
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}
