/** How devices on other machines are let in. */
export interface Invitations {
  /** Registers a new code, so that the hub can prove that it knows it. */
  made(codeId: string, plain: string): void;
  /** Whether other machines reach the hub. */
  isLinked(): boolean;
  link(secret: string): string;
  /** False when no device is waiting under this id. */
  answer(joinId: string, accept: boolean): boolean;
}
