/**
 * One line to a hub, text frames only. A page in a browser opens its own WebSocket; on the desktop the main process
 * holds the socket and this forwards to it; tests use an in-memory one. Never throws: failure arrives as `closed`.
 */
export interface Transport {
  open(url: string, listener: TransportListener): TransportLine;
}

export interface TransportLine {
  send(frame: string): void;
  close(): void;
}

export interface TransportListener {
  opened(): void;
  frame(text: string): void;
  /** Called exactly once; `code` as in `shared/protocol/close-codes.ts`, 1006 for a lost link. */
  closed(code: number): void;
}
