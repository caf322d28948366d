import type { Socket } from 'node:net';
import { Budget, Slots } from '../admission/budget';
import { addressKey, plainAddress } from '../system/addresses';
import type { ListenerOptions } from './listener-options';

/**
 * Bounds how many sockets an address opens, and has open. A trusted proxy's own address is not counted: the client
 * behind it is known only with a request.
 */
export class SocketAdmission {
  private readonly open: Slots;
  private readonly newSockets: Budget;
  /** Sockets beyond the budget of their address: their requests get this refusal only. */
  private readonly tooMany = new WeakSet<object>();

  constructor(private readonly options: Pick<ListenerOptions, 'role' | 'access' | 'tls' | 'limits'>) {
    const { role, limits } = options;
    this.open = new Slots({
      address: limits.linesPerAddressMax[role] + limits.socketsBesideLinesMax,
      all: role === 'customer' ? limits.customers.socketsMax : Number.POSITIVE_INFINITY,
    });
    this.newSockets = new Budget(limits.budgets[role].sockets, limits.budgetKeysMax);
  }

  connected(socket: Socket): void {
    const isProxy = this.isProxy(socket);
    const address = plainAddress(socket.remoteAddress);
    const isTooMany = !isProxy && !this.mayCome(address);
    // A TLS handshake costs more than a refusal is worth.
    if (isTooMany && this.options.tls) {
      socket.destroy();
      return;
    }
    if (isTooMany) this.tooMany.add(socket);
    const slot = this.open.take({ person: null, address: isProxy ? null : addressKey(address) });
    if (typeof slot === 'string') socket.destroy();
    else socket.once('close', () => slot.release());
  }

  isTooMany(socket: Socket): boolean {
    return this.tooMany.has(socket);
  }

  /** `address`: the client's, not its proxy's. */
  mayUpgrade(socket: Socket, address: string): boolean {
    if (this.isTooMany(socket)) return false;
    return !this.isProxy(socket) || this.mayCome(address);
  }

  private isProxy({ remoteAddress }: Socket): boolean {
    return this.options.access.trustedProxies.includes(plainAddress(remoteAddress));
  }

  private mayCome(address: string): boolean {
    return this.newSockets.take({ person: null, address: addressKey(address) }, performance.now()) === 0;
  }
}
