import { Alert, Button, Group, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { AgentView } from '../../../../shared/protocol/views';
import { useApp } from '../../lifecycle/app-context';
import { useHubNow, useSession } from '../../session/session-context';
import { CopyButton } from '../../ui/CopyButton';
import { LinkBox } from '../../ui/LinkBox';
import { PaneLoading } from '../../ui/Pane';
import { Qr } from '../../ui/Qr';
import { refusalText } from '../../ui/refusal-text';
import { Sentence } from '../../ui/Sentence';
import { formatSpan } from '../../ui/spans';
import { useText } from '../../ui/text';
import classes from './CodeDialog.module.css';

type Made =
  | { state: 'making' }
  /** `link`: null where other machines can't join. */
  | { state: 'made'; code: string; expiresAt: number; link: string | null }
  | { state: 'failed'; reason: string };

/** A one-time code for an agent's next device: shown once, valid for ten minutes. */
export function CodeDialog({ agent, onDone }: { agent: AgentView; onDone: () => void }) {
  const t = useText();
  const { made, makeAnother } = useCode(agent.agentId);
  return (
    <>
      {made.state === 'making' ? <PaneLoading label={t('agents.codeMaking')} /> : null}
      {made.state === 'failed' ? (
        <Alert color="red" mt="md">
          {t('agents.codeFailed', { reason: made.reason })}
        </Alert>
      ) : null}
      {made.state === 'made' ? <Code {...made} /> : null}
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={makeAnother} disabled={made.state === 'making'}>
          {t('agents.codeNew')}
        </Button>
        <Button onClick={onDone}>{t('common.close')}</Button>
      </Group>
    </>
  );
}

/** Makes a code when the dialog opens, and another one for every call of `makeAnother`. */
function useCode(agentId: string): { made: Made; makeAnother: () => void } {
  const t = useText();
  const session = useSession();
  const [round, setRound] = useState(0);
  const [made, setMade] = useState<Made>({ state: 'making' });

  // biome-ignore lint/correctness/useExhaustiveDependencies: `round` asks for another code
  useEffect(() => {
    let shown = true;
    setMade({ state: 'making' });
    void session.send({ op: 'agent.code', agentId }).then((answer) => {
      if (!shown) return;
      if (!answer.ok) return setMade({ state: 'failed', reason: refusalText(t, answer) });
      // The first answer was lost, and the answer to the repeated command contains no code: ask for another one.
      if (!answer.result) return setRound((before) => before + 1);
      const { code, expiresAt, link = null } = answer.result;
      setMade({ state: 'made', code, expiresAt, link });
    });
    return () => {
      shown = false;
    };
  }, [session, agentId, round]);
  return { made, makeAnother: () => setRound(round + 1) };
}

function Code({ code, expiresAt, link }: Extract<Made, { state: 'made' }>) {
  const t = useText();
  const phase = useApp().store.getState();
  const address = link !== null ? hostIn(link) : phase.phase === 'work' ? phase.profile.agentUrl : null;
  return (
    <>
      {link === null ? null : <Invitation link={link} />}
      <Text size="sm">{t(link === null ? 'agents.codeHelp' : 'agents.codeByHand')}</Text>
      <output className={classes.code} aria-label={t('agents.code')} data-testid="code">
        {code}
      </output>
      <Group justify="space-between">
        <Text size="sm" c="dimmed">
          <Expiry at={expiresAt} />
        </Text>
        <CopyButton what={t('agents.code')} value={code} />
      </Group>
      {address === null ? null : (
        <>
          <Text size="sm" fw={500} mt="md" mb={4}>
            {t('agents.address')}
          </Text>
          <LinkBox label={t('agents.address')} value={address} />
        </>
      )}
    </>
  );
}

/** To be scanned, sent or pasted: it holds the hub's address and the fingerprint of its key. */
function Invitation({ link }: { link: string }) {
  const t = useText();
  return (
    <div className={classes.invitation}>
      <Qr value={link} label={t('agents.invitationQr')} />
      <div>
        <Text size="sm" mb="sm">
          {t('agents.invitationHelp')}
        </Text>
        <CopyButton what={t('agents.invitation')} value={link} />
      </div>
    </div>
  );
}

function hostIn(link: string): string {
  return link.replace(/^foyer:\/\//, '').replace(/\/.*$/, '');
}

function Expiry({ at }: { at: number }) {
  const t = useText();
  const left = at - useHubNow();
  if (left <= 0) return t('agents.codeExpired');
  return <Sentence text="agents.codeExpires" slots={{ time: <span className="tabular">{formatSpan(left)}</span> }} />;
}
