/** Why a file is not taken or given, as its HTTP answer. */
export class AttachmentRefused extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    /** When the same may be taken. */
    readonly retryAfterMs: number | null = null,
  ) {
    super(message);
    this.name = 'AttachmentRefused';
  }
}
