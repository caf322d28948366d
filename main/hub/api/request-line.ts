import type { CloseName } from '../../../shared/protocol/close-codes';
import type { Line } from '../session/session';
import { closedProblem, type RefusedFrame, refusedProblem } from './problem';

type Answer = { type: 'ack'; result?: Record<string, unknown> } | ({ type: 'refused' } & RefusedFrame);

/** What the hub would send a client goes to a request instead: after its record is on disk, as on any line. */
export class RequestLine implements Line {
  readonly proto = 2;
  readonly bufferedBytes = 0;
  private closed: CloseName | null = null;
  private waiting: { resolve(result: Record<string, unknown>): void; reject(error: Error): void } | null = null;

  constructor(readonly address: string) {}

  /** The result of a command; rejects with a `Problem`. */
  ask(send: () => void): Promise<Record<string, unknown>> {
    return new Promise((resolve, reject) => {
      this.waiting = { resolve, reject };
      if (this.closed === null) send();
      else reject(closedProblem(this.closed));
    });
  }

  send(frame: string): void {
    const answer = JSON.parse(frame) as Answer;
    if (answer.type === 'ack') this.waiting?.resolve(answer.result ?? {});
    else this.waiting?.reject(refusedProblem(answer));
  }

  cork(): void {}

  uncork(): void {}

  close(name: CloseName): void {
    this.closed ??= name;
    this.waiting?.reject(closedProblem(this.closed));
  }
}
