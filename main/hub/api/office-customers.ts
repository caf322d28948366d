import type { Language } from '../../../shared/protocol/fields';
import { visitorName } from '../../../shared/text/visitor-name';
import { officeToken } from '../entrance/signed-identity';
import { blockOf } from '../rights/blocks';
import type { CustomerSession, Line } from '../session/session';
import { TurnedAway } from '../session/turned-away';
import type { Hub } from '../start-hub';
import type { Customer } from '../state/customers';
import { hashSecret } from '../system/tokens';
import { Problem } from './problem';

/** For whom a program writes. */
interface Said {
  id: string;
  name?: string | undefined;
  contact?: string | undefined;
  language?: Language | undefined;
}

/** By which the hub finds the customer of this id of the office's. A token of the API has made the key. */
export function tokenHashOf(hub: Hub, officeId: string): string {
  const { identity } = hub.state.config;
  if (!identity) throw new Error('there is a token, and no key for its customers');
  return hashSecret(officeToken(identity.key, officeId));
}

/**
 * The customer of this id of the office's, as on their page: the office vouches for them, as its site does by a signature
 * (SECURITY-MODEL.md, "The widget").
 */
export async function customerOf(hub: Hub, said: Said, line: Line): Promise<CustomerSession> {
  const tokenHash = tokenHashOf(hub, said.id);
  await hub.pastCustomers.recall({ tokenHash });
  const known = hub.state.customers.withToken(tokenHash);
  const customerId = known?.customerId ?? hub.sessions.withToken(tokenHash)?.customerId ?? hub.newId('customer');
  const language = said.language ?? known?.language ?? 'en';
  const name = said.name ?? known?.name ?? visitorName(language, customerId);
  const signed = { signedId: said.id, name, contact: said.contact ?? '' };
  return session(hub, { customerId, tokenHash, language }, signed, line);
}

/** The customer of an open conversation, for what their page's buttons do. */
export function customerWho(hub: Hub, customer: Customer, line: Line): CustomerSession {
  const { name, contact, signedId } = customer;
  const signed = signedId === undefined ? null : { signedId, name, contact };
  return session(hub, customer, signed, line);
}

function session(
  hub: Hub,
  { customerId, tokenHash, language }: Pick<CustomerSession, 'customerId' | 'tokenHash' | 'language'>,
  signed: CustomerSession['signed'],
  line: Line,
): CustomerSession {
  if (blockOf(hub.state, { tokenHash, address: line.address }, hub.now())) {
    throw new Problem({
      ...{ status: 409, code: 'blocked' },
      title: 'The office takes nothing from this customer.',
      detail: 'A supervisor can end the block in Settings → Blocked customers.',
    });
  }
  return {
    kind: 'customer',
    ...{ customerId, tokenHash, language, signed, line },
    ...{ deviceId: 'api', device: '', lastSeq: 0, life: 'open', catchingUp: false, echoedCid: null, catchUpBytes: 0 },
    shown: null,
    turnedAway: new TurnedAway(),
  };
}
