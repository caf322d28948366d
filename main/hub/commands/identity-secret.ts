import { identitySecretsMax } from '../../../shared/protocol/identity';
import { officeOnly, relationToOffice } from '../rights/rights';
import { ack, done, refused } from '../session/outcome';
import type { AgentCommandSpecs } from './command';

/** Characters that mark the secret for what it is, where somebody finds it in a file. */
const secretPrefix = 'foyer_';
const secretBytes = 32;

/** The secrets with which the office's own site signs who its customers are. */
export const identitySecretCommands: AgentCommandSpecs<'identitySecret.make' | 'identitySecret.remove'> = {
  'identitySecret.make': {
    rights: officeOnly,
    relation: relationToOffice,
    audit: { subject: () => null },
    /** The secret itself is in the answer once, and never told again. */
    step(step, _command, _session, { loop }) {
      const { identity } = step.state.config;
      if ((identity?.secrets.length ?? 0) >= identitySecretsMax)
        return refused({ code: 'tooManySecrets', message: 'two secrets are valid already: remove one first' });
      const random = () => Buffer.from(loop.randomBytes(secretBytes)).toString('base64url');
      const secret = `${secretPrefix}${random()}`;
      const secretId = loop.newId('secret');
      const key = identity?.key ?? random();
      step.add({ type: 'identitySecret.made', secretId, secret, key, madeAt: step.at });
      return { ...ack({ secretId, secret }), isSecret: true };
    },
  },
  'identitySecret.remove': {
    rights: officeOnly,
    relation: relationToOffice,
    audit: { subject: () => null },
    step(step, { secretId }) {
      const known = step.state.config.identity?.secrets.some((each) => each.secretId === secretId);
      if (!known) return refused({ code: 'unknownSecret', message: 'there is no such secret', field: 'secretId' });
      step.add({ type: 'identitySecret.removed', secretId });
      return done;
    },
  },
};
