/** The request header by which a page's layout learns the nonce. */
export const nonceHeader = 'x-millrace-nonce';

/**
 * The Content-Security-Policy of pages: nothing from other sites, and no script but our files and what carries the nonce.
 * Styles may be inline: React Flow places nodes by style attributes, and CodeMirror writes its own sheet.
 */
export function pagePolicy(nonce: string): string {
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}'`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}
