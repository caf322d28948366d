import * as z from 'zod';
import { type CallsOf, type CardCalls, type DesktopCalls, heldToken } from '../../shared/desktop-api';
import { passphraseLengthMax } from '../../shared/passphrase';
import { attachmentId } from '../../shared/protocol/attachments';
import { agentStatus, id, language, name } from '../../shared/protocol/fields';
import { fileNameMax } from '../../shared/protocol/file-name';
import { attachmentBytesMax } from '../../shared/protocol/limits';
import { customersPlace } from './customers-place';

const shortText = z.string().max(200);
const passphrase = z.string().min(1).max(passphraseLengthMax);
const line = z.number().int().positive();
const hubAddress = z.string().max(2_048);
const bytes = z.instanceof(Uint8Array).refine(({ byteLength }) => byteLength <= attachmentBytesMax);

/** The set-up of a new office. */
export const hostingRequest = z.strictObject({ officeName: name, supervisorName: name, passphrase });

/** Base64url SHA-256 of a certificate. */
export const fingerprint = z.string().regex(/^[\w-]{43}$/);

export const profile = z.strictObject({
  mode: z.enum(['host', 'join', 'sample']),
  agentUrl: hubAddress,
  deviceId: z.string().min(1).max(64),
  token: z.string().max(200),
});

export const colourScheme = z.enum(['light', 'dark', 'auto']);

/** The largest frame that a page may send, in UTF-16 code units. */
const frameCharactersMax = 256 * 1024;

export type ArgumentsOf<Calls extends CallsOf<Calls>> = { [K in keyof Calls]: z.ZodType<Parameters<Calls[K]>> };

const epochMs = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);

const desktopAlert = z.strictObject({
  alertId: shortText,
  conversationId: shortText,
  name: shortText,
  title: shortText,
  body: z.string().max(1_000),
  group: shortText,
  why: z.string().max(1_000),
  waitingSince: epochMs,
  shownAt: epochMs,
  until: epochMs.nullable(),
  words: z.strictObject({ accept: shortText.nullable(), open: shortText, waiting: shortText }),
  look: z.strictObject({ language, scheme: z.enum(['light', 'dark']) }),
  card: z.enum(['whileHidden', 'always', 'never']),
});

/** The arguments of every call of the page; nothing else is accepted. */
export const callArguments: ArgumentsOf<DesktopCalls> = {
  'app.info': z.tuple([]),
  'profile.read': z.tuple([]),
  'profile.write': z.tuple([profile.extend({ token: z.literal(heldToken) }).nullable()]),
  'hub.host': z.tuple([hostingRequest]),
  'hub.sample': z.tuple([]),
  'hub.state': z.tuple([]),
  'hub.resume': z.tuple([]),
  'hub.recover': z.tuple([z.enum(['cut', 'snapshot'])]),
  'hub.restore': z.tuple([]),
  'hub.restorePicked': z.tuple([z.string().min(1).max(200)]),
  'hub.showFolder': z.tuple([]),
  'hub.addresses': z.tuple([]),
  'hub.setLan': z.tuple([z.strictObject({ host: z.ipv4(), port: z.number().int().min(1).max(65_535) }).nullable()]),
  'hub.setCustomers': z.tuple([customersPlace]),
  'hub.resetPassphrase': z.tuple([passphrase, name.nullable()]),
  'hub.find': z.tuple([]),
  'hub.pair': z.tuple([hubAddress, z.string().max(40)]),
  'line.open': z.tuple([line, hubAddress]),
  'line.send': z.tuple([line, z.string().max(frameCharactersMax)]),
  'line.close': z.tuple([line]),
  'attachment.upload': z.tuple([bytes]),
  'attachment.download': z.tuple([id.regex(/^[\w-]+$/), attachmentId]),
  'file.save': z.tuple([z.string().max(2 * fileNameMax), bytes]),
  'alert.show': z.tuple([desktopAlert]),
  'alert.clear': z.tuple([shortText]),
  'tray.show': z.tuple([
    z.strictObject({
      status: agentStatus,
      link: z.enum(['up', 'down']),
      waiting: z.number().int().min(0).max(1_000_000),
      wanted: z.number().int().min(0).max(1_000_000),
      language,
    }),
  ]),
  'idle.read': z.tuple([]),
  'appearance.write': z.tuple([colourScheme]),
  'clipboard.write': z.tuple([z.string().max(100_000)]),
  'invitation.take': z.tuple([]),
  'autoStart.read': z.tuple([]),
  'autoStart.write': z.tuple([z.boolean()]),
  'log.showFolder': z.tuple([]),
  'support.save': z.tuple([]),
  'link.open': z.tuple([hubAddress]),
};

/** The same for the card window. */
export const cardArguments: ArgumentsOf<CardCalls> = {
  'cards.read': z.tuple([]),
  'cards.accept': z.tuple([shortText]),
  'cards.open': z.tuple([shortText]),
};

export type CheckedCall<Calls> = { ok: true; name: keyof Calls; args: unknown[] } | { ok: false; reason: string };

/** Checks the name and arguments of a page's call. The error says what is wrong and never contains a value. */
export function checkCall<Calls extends CallsOf<Calls>>(
  known: ArgumentsOf<Calls>,
  name: unknown,
  args: unknown,
): CheckedCall<Calls> {
  if (typeof name !== 'string' || !Object.hasOwn(known, name)) return { ok: false, reason: 'no such call' };
  const call = name as keyof Calls & string;
  const parsed = known[call].safeParse(args);
  if (parsed.success) return { ok: true, name: call, args: parsed.data };
  const paths = parsed.error.issues.map((issue) => issue.path.join('.') || 'arguments');
  return { ok: false, reason: `${call}: ${paths.join(', ')} not as expected` };
}
