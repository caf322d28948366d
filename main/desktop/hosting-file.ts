import { join } from 'node:path';
import * as z from 'zod';
import { customersHere, customersPlace } from './customers-place';
import { type JsonFile, jsonFile } from './json-file';

const port = z.number().int().min(1).max(65_535);
const hostingPlaces = z.strictObject({
  agentPort: port,
  customerPort: port,
  /** Null in files written by versions in which other machines could not join. */
  lan: z.strictObject({ host: z.string(), port }).nullable().default(null),
  /** Missing in files written by versions in which customers on other machines could not connect. */
  customers: customersPlace.default(customersHere),
});

/** Where the hub that was set up in this app listens. */
export type HostingPlaces = z.infer<typeof hostingPlaces>;
export type LanPlace = NonNullable<HostingPlaces['lan']>;

/** Null in it: no hub was set up here. */
export function hostingFile(folder: string): JsonFile<HostingPlaces> {
  return jsonFile(join(folder, 'hosting.json'), hostingPlaces);
}
