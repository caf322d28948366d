import { Button, Group, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { WebhookAttempt, WebhookView } from '../../../../shared/protocol/webhooks';
import { type TextKey, workstationEn } from '../../../../shared/text/workstation-text';
import { useSession } from '../../session/session-context';
import { useSave } from '../../session/use-save';
import { DataTable } from '../../ui/DataTable';
import { useText } from '../../ui/text';
import { useTimes } from '../../ui/use-times';

/** The last attempts to deliver, the newest first; each event can be sent again. */
export function WebhookAttempts({ webhook: { webhookId, attemptedAt, waiting } }: { webhook: WebhookView }) {
  const t = useText();
  const session = useSession();
  const { isUp, isBusy, save } = useSave();
  const [attempts, setAttempts] = useState<readonly WebhookAttempt[] | null>(null);
  // How often this page has sent a test, of which the hub tells a moment later.
  const [tested, setTested] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked anew whenever there was another attempt
  useEffect(() => {
    let isOpen = true;
    if (!isUp) return;
    void session.ask({ op: 'webhook.attempts', webhookId }).then((answer) => {
      if (isOpen && answer.ok && answer.result) setAttempts(answer.result.attempts);
    });
    return () => {
      isOpen = false;
    };
  }, [session, isUp, webhookId, attemptedAt, waiting, tested]);
  const test = async () => {
    await save(() => session.ask({ op: 'webhook.test', webhookId }));
    setTested((times) => times + 1);
  };
  return (
    <>
      <Group justify="space-between" mb="sm">
        <Text size="sm" c="dimmed">
          {attempts?.length === 0 ? t('webhooks.noAttempt') : null}
        </Text>
        <Button size="xs" variant="default" disabled={!isUp || isBusy} onClick={() => void test()}>
          {t('webhooks.test')}
        </Button>
      </Group>
      {attempts === null || attempts.length === 0 ? null : (
        <DataTable
          columns={[
            { title: t('webhooks.time') },
            { title: t('webhooks.event') },
            { title: t('webhooks.result') },
            { title: t('webhooks.again'), isHidden: true },
          ]}
        >
          {attempts.map((each) => (
            <Row
              key={`${each.eventId} ${each.at}`}
              attempt={each}
              isDisabled={!isUp || isBusy}
              onAgain={() =>
                void save(
                  () => session.send({ op: 'webhook.resend', webhookId, eventId: each.eventId }),
                  t('webhooks.sentAgain'),
                )
              }
            />
          ))}
        </DataTable>
      )}
    </>
  );
}

interface RowProps {
  attempt: WebhookAttempt;
  isDisabled: boolean;
  onAgain: () => void;
}

function Row({ attempt, isDisabled, onAgain }: RowProps) {
  const t = useText();
  const { dayAndTime } = useTimes();
  const { type, at, tookMs, status, problem } = attempt;
  const key = `webhooks.event.${type}`;
  const isWell = status !== null && status >= 200 && status < 300;
  return (
    <tr>
      <td>{dayAndTime(at)}</td>
      <td>{key in workstationEn ? t(key as TextKey) : type}</td>
      <td>
        <Text component="span" size="sm" {...(isWell ? {} : { c: 'red' })}>
          {problem === null ? t('webhooks.status', { status: String(status) }) : t(`webhooks.problem.${problem}`)}
        </Text>
        <div className="soft">{t('webhooks.took', { ms: String(tookMs) })}</div>
      </td>
      <td>
        {type === 'webhook.test' ? null : (
          <Button size="compact-xs" variant="default" disabled={isDisabled} onClick={onAgain}>
            {t('webhooks.again')}
          </Button>
        )}
      </td>
    </tr>
  );
}
