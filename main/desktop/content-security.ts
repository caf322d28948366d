/** The page's origin; nothing from another one is ever loaded into the window. */
export const pageScheme = 'app';
export const pageOrigin = `${pageScheme}://foyer`;

/**
 * The page may load its own files and nothing else. Style elements need the nonce of this load (Mantine's theme has it).
 * The page opens no connection: the main process holds the socket.
 */
export function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "media-src 'self' data: blob:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-src 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
  ].join('; ');
}

/** The placeholder in `index.html` for the nonce of this load. */
export const noncePlaceholder = '__CSP_NONCE__';

/** Headers of every file of the page. */
export function pageHeaders(contentType: string, policy: string): Record<string, string> {
  return {
    'content-type': contentType,
    'content-security-policy': policy,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cache-control': 'no-store',
  };
}
