/** Every way the hub closes a session: a name, a number, and a sentence key in `shared/text` (`close.<name>`). */
export const closeCodes = {
  hubStopping: 4000,
  badFrame: 4001,
  frameTooLarge: 4002,
  helloTimeout: 4003,
  versionMismatch: 4004,
  signInRefused: 4005,
  tokenRevoked: 4006,
  takenOver: 4007,
  tooSlow: 4008,
  tooManyFrames: 4009,
  deviceInUse: 4010,
  hubReadOnly: 4011,
  /** Never sent: set by the desktop itself when the hub's certificate is not the pinned one. */
  otherHub: 4012,
  /** The client's cursor no longer fits this hub's data: it reconnects and gets a snapshot. */
  newEpoch: 4013,
  /** The hub has reached its limit of connected customers. */
  hubFull: 4014,
  /** Too many connections of one person or from one address. */
  tooManyLines: 4016,
  /** This customer or their address is blocked. */
  blocked: 4017,
  /** The hub had an error, or could not send this line an event; everything acknowledged is safe. */
  hubFault: 4015,
} as const;

export type CloseName = keyof typeof closeCodes;

/** Codes after which a client must not reconnect automatically: a person has to act first. */
export const finalCloseNames: readonly CloseName[] = [
  'versionMismatch',
  'signInRefused',
  'tokenRevoked',
  'takenOver',
  'deviceInUse',
  'otherHub',
  'blocked',
];

/** The name behind a close code, or null for a lost link and codes from elsewhere. */
export function closeName(code: number): CloseName | null {
  for (const [key, value] of Object.entries(closeCodes)) if (value === code) return key as CloseName;
  return null;
}
