/** Why a file is not taken or given, as its HTTP answer. */
export class AttachmentRefused extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
    this.name = 'AttachmentRefused';
  }
}
