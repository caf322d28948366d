/** How much each bench does. */
export interface Sizes {
  rounds: number;
  /** Messages in one round of a saturated relay. */
  relayed: number;
  /** Messages before the first round, so that all run compiled code; the hub has the most of it. */
  warmUp: number;
  /** Messages in one round at a steady pace, and how many of them a second. */
  paced: number;
  perSecond: number;
  /** Agents in each group of an office. */
  colleagues: number;
  /** Agents of the large office and of the one it is held against, ten times as large. */
  largeOffice: number;
  /** Conversations opened, given and closed in one round. */
  assigned: number;
  /** Idle connections before the memory is first looked at, and as many again until the second look. */
  connections: number;
  /** Records replayed at a start; as many as fit into one segment, so that no snapshot is saved. */
  replayed: number;
  /** Open conversations while a snapshot is saved. */
  openConversations: number;
  /** How long acknowledgements are watched meanwhile. */
  stallMs: number;
  /** Conversations in the year's history. */
  yearConversations: number;
  /** How long an idle desk is watched. */
  idleMs: number;
}

export const fullSizes: Omit<Sizes, 'rounds'> = {
  relayed: 10_000,
  warmUp: 40_000,
  paced: 3_000,
  perSecond: 1_000,
  colleagues: 10,
  largeOffice: 500,
  assigned: 1_000,
  connections: 2_000,
  replayed: 12_000,
  openConversations: 10_000,
  stallMs: 10_000,
  yearConversations: 200_000,
  idleMs: 60_000,
};

/** Shows that every bench runs and loses nothing; says nothing about speed. */
export const tinySizes: Omit<Sizes, 'rounds'> = {
  relayed: 200,
  warmUp: 100,
  paced: 50,
  perSecond: 500,
  colleagues: 2,
  largeOffice: 20,
  assigned: 50,
  connections: 20,
  replayed: 200,
  openConversations: 50,
  stallMs: 200,
  yearConversations: 400,
  idleMs: 500,
};
