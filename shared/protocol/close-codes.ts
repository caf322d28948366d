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
  /** Never sent: what a desktop says to itself when another certificate answers than the one it is pinned to. */
  otherHub: 4012,
  /** What was known by the same numbers is not there any more: come back for a snapshot. */
  newEpoch: 4013,
  /** Customers have all the room there is for them. */
  hubFull: 4014,
  /** Of one person, or from one address. */
  tooManyLines: 4016,
  /** From this customer, or from their address, nothing is taken. */
  blocked: 4017,
  /** The hub met an error, or could not tell this line what it should: what was acknowledged is safe. */
  hubFault: 4015,
} as const;

export type CloseName = keyof typeof closeCodes;

/** Codes after which a client must not come back by itself: a person has to act first. */
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
