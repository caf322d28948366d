import { apiTokensMax } from '../../../shared/protocol/limits';
import type { AuditSpec } from '../audit/audit';
import { factsOf, noFacts } from '../audit/facts';
import { officeOnly, relationToOffice } from '../rights/rights';
import { ack, done, refused } from '../session/outcome';
import { apiTokenKind } from '../state/answer-book';
import { hashSecret, makeToken } from '../system/tokens';
import type { AgentCommandSpecs, Allowed } from './command';
import { isNameTaken, nameTaken } from './refusals';

type ApiTokenOp = 'apiToken.make' | 'apiToken.revoke';

const keyBytes = 32;

const made: AuditSpec<Allowed<ApiTokenOp>, { tokenId: string } | undefined> = {
  subject: ({ state, command }, result) => tokenOf(state, command, result)?.name ?? null,
  facts: ({ state, command }, result) => {
    const token = tokenOf(state, command, result);
    return token ? factsOf({ scopes: token.scopes.join(', ') }) : noFacts;
  },
};

/** The tokens with which programs use the API. */
export const apiTokenCommands: AgentCommandSpecs<ApiTokenOp> = {
  /** The token is in the answer once and nowhere else. */
  'apiToken.make': {
    rights: officeOnly,
    relation: relationToOffice,
    audit: made,
    step(step, { name, scopes }, _session, { loop }) {
      const { apiTokens } = step.state.config;
      if (apiTokens.size >= apiTokensMax) {
        return refused({ code: 'tooManyApiTokens', message: `there are ${apiTokensMax} tokens: revoke one first` });
      }
      if (isNameTaken(name, undefined, apiTokens.values())) return nameTaken();
      const tokenId = loop.newId(apiTokenKind);
      const token = makeToken((size) => loop.randomBytes(size));
      const identityKey = Buffer.from(loop.randomBytes(keyBytes)).toString('base64url');
      const tokenHash = hashSecret(token);
      step.add({
        ...{ type: 'apiToken.made', tokenId, name, scopes: [...new Set(scopes)] },
        ...{ tokenHash, identityKey, madeAt: step.at },
      });
      return { ...ack({ tokenId, token }), isSecret: true };
    },
  },
  'apiToken.revoke': {
    rights: officeOnly,
    relation: relationToOffice,
    audit: made,
    step(step, { tokenId }, _session, { loop, programUse }) {
      const found = step.state.config.apiTokens.get(tokenId);
      if (!found) {
        return refused({ code: 'unknownApiToken', message: 'there is no such token (any more)', field: 'tokenId' });
      }
      programUse.note(step, found);
      step.add({ type: 'apiToken.revoked', tokenId });
      for (const session of loop.sessions.programs(tokenId)) step.afterwards(() => loop.drop(session, 'tokenRevoked'));
      return done;
    },
  },
};

function tokenOf(
  { config }: Allowed<ApiTokenOp>['state'],
  command: Allowed<ApiTokenOp>['command'],
  result: { tokenId: string } | undefined,
) {
  return config.apiTokens.get('tokenId' in command ? command.tokenId : (result?.tokenId ?? ''));
}
