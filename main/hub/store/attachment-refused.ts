/** A refused upload or download, as its HTTP answer. */
export class AttachmentRefused extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    /** When to retry; null: retrying does not help. */
    readonly retryAfterMs: number | null = null,
  ) {
    super(message);
    this.name = 'AttachmentRefused';
  }
}
