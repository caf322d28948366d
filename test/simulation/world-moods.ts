/** The weights of the acts, by the mood of the office: each mood exercises other rules. */
const actWeights = {
  open: 22,
  leave: 3,
  accept: 16,
  decline: 4,
  lateAccept: 2,
  answer: 10,
  acknowledge: 5,
  customerWrites: 3,
  close: 10,
  wrapUpDone: 3,
  claim: 3,
  transfer: 5,
  status: 8,
  connect: 6,
  disconnect: 4,
  reception: 2,
  settings: 3,
  group: 1,
  groupOpen: 1,
  groupRemove: 0.3,
  agent: 2,
  agentRemove: 0.5,
  hubRestart: 0.7,
  junk: 4,
  nothing: 10,
};

export type Act = keyof typeof actWeights;

// Everything at once and no agent accepts: exercises I12.
const hastyActWeights = { ...actWeights, status: 40, decline: 30, accept: 2, claim: 1, hubRestart: 3, settings: 1 };

// Dozens of holds, preferences and tries that interfere with each other.
const patientActWeights = {
  ...actWeights,
  ...{ open: 24, decline: 26, accept: 12, answer: 20, close: 10, status: 16, claim: 8, agent: 8 },
  ...{ settings: 0.3, group: 0.3, groupOpen: 0.3, junk: 1, hubRestart: 0.2, connect: 8, disconnect: 2 },
};

// A few conversations offered round the agents at one instant.
const franticActWeights = {
  ...hastyActWeights,
  ...{ open: 4, status: 60, decline: 16, accept: 0.3, claim: 0.2, leave: 0.5, hubRestart: 0.5, settings: 0.1 },
  ...{ group: 0.1, groupOpen: 0.1, groupRemove: 0.1, agent: 1, agentRemove: 0.2, junk: 1, nothing: 1 },
};

export type Mood = 'mixed' | 'hasty' | 'patient' | 'frantic';
export const actWeightsOf = {
  mixed: actWeights,
  hasty: hastyActWeights,
  patient: patientActWeights,
  frantic: franticActWeights,
};
export const sameInstantChance = { mixed: 0, hasty: 0.7, patient: 0, frantic: 0.97 };

export function moodOf(draw: number): Mood {
  if (draw < 0.1) return 'hasty';
  if (draw < 0.25) return 'patient';
  return draw < 0.3 ? 'frantic' : 'mixed';
}

export const timeWeights = { none: 25, moment: 20, seconds: 25, deadline: 20, nearDeadline: 5, minutes: 3, sleep: 1 };
export const patientTimeWeights = { ...timeWeights, none: 60, moment: 30, seconds: 10, deadline: 10, minutes: 1 };
