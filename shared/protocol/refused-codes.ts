/**
 * Every `code` of a `refused` frame, by what its receiver does about it (PROTOCOL.md, "Refusals"). A client takes one that
 * it does not know for `over`: never the same again by itself.
 */
export const refusedCodes = {
  /** Nothing to send again: what it was about is gone, done, or somebody else's. `now` says how things stand. */
  over: [
    'agentDisconnected',
    'agentFull',
    'agentUnavailable',
    'alreadyTaken',
    'alreadyYours',
    'commandUnknown',
    'conversationClosed',
    'conversationExists',
    'conversationNotActive',
    'groupClosed',
    'groupNotEmpty',
    'joinGone',
    'lastSupervisor',
    'notAMember',
    'notAllowed',
    'notYours',
    'numberUsed',
    'offerGone',
    'unknownAgent',
    'unknownCannedReply',
    'unknownCommand',
    'unknownConversation',
    'unknownCustomer',
    'unknownDevice',
    'unknownGroup',
    'unknownLeftMessage',
    'unknownOffer',
    'unknownWrapUp',
  ],
  /** A person changes what `field` names, then it is a new command. */
  change: [
    'attachmentUnknown',
    'commandInvalid',
    'contactNeeded',
    'invalid',
    'nameNeeded',
    'passphraseCommon',
    'passphraseTooShort',
    'settingInvalid',
    'shortcutTaken',
    'tooManyCannedReplies',
    'tooManyLeftMessages',
    'unknownMention',
    'unknownTag',
    'unknownWrapUpCode',
    'wrongPassphrase',
  ],
  /** The same may well be taken in a while, as a new command; `now.retryAfterMs`, where it is there, says when. */
  later: [
    'backupFailed',
    'backupRunning',
    'eraseFailed',
    'hubBusy',
    'hubReadOnly',
    'hubStopping',
    'searchFailed',
    'searchTooOld',
    'timeBackwards',
    'tooManyOffers',
    'tooManySearches',
    'tooManyTries',
  ],
  /** Of a `hello` only (PROTOCOL.md, "How a line ends"). */
  hello: [
    'codeExpired',
    'deviceInUse',
    'joinDeclined',
    'joinsFull',
    'unknownToken',
    'versionMismatch',
    'wrongCode',
    'wrongLink',
    'wrongSecret',
  ],
} as const;

export type RefusedCode = (typeof refusedCodes)[keyof typeof refusedCodes][number];
