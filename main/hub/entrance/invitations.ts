/** How devices on other machines come in. */
export interface Invitations {
  /** So that the hub can prove that it knows a typed code. */
  made(codeId: string, plain: string): void;
  /** Whether other machines reach the hub. */
  isLinked(): boolean;
  link(secret: string): string;
  /** False when no device waits under this id any more. */
  answer(joinId: string, accept: boolean): boolean;
}
