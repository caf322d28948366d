import * as z from 'zod';
import type { CustomersPlace } from '../../shared/desktop-api';
import type { HubOptions } from '../hub/running-hub';

/** How customers reach the hub, as the supervisor has set it; for the page's call and the file. */
export const customersPlace = z.strictObject({
  host: z.ipv4().nullable(),
  publicUrl: z
    .url({ protocol: /^https$/ })
    .max(2_048)
    .refine((address) => isOrigin(address))
    .nullable(),
  trustedProxies: z.array(z.union([z.ipv4(), z.ipv6()])).max(8),
});

export const customersHere: CustomersPlace = { host: null, publicUrl: null, trustedProxies: [] };

export function customersOption({ publicUrl, ...place }: CustomersPlace): NonNullable<HubOptions['customers']> {
  return { ...place, publicUrl: publicUrl === null ? null : new URL(publicUrl) };
}

/** The chat has a path of its own, so nothing may follow the host and port. */
function isOrigin(address: string): boolean {
  const { origin, href } = new URL(address);
  return href === `${origin}/`;
}
