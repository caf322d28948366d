import { Button, Group, Modal, Text } from '@mantine/core';
import { IconWebhook } from '@tabler/icons-react';
import { useState } from 'react';
import type { WebhookView } from '../../../../shared/protocol/webhooks';
import { useOffice } from '../../session/session-context';
import { Card } from '../../ui/Card';
import { DataTable } from '../../ui/DataTable';
import { LinkBox } from '../../ui/LinkBox';
import { PaneNote } from '../../ui/Pane';
import { useText } from '../../ui/text';
import { useTimes } from '../../ui/use-times';
import { Page } from '../Page';
import { ConfirmWebhook } from './ConfirmWebhook';
import { hostOf } from './host-of';
import { WebhookActions, type WebhookAsked } from './WebhookActions';
import { WebhookAttempts } from './WebhookAttempts';
import { type MadeSecret, WebhookForm } from './WebhookForm';

/** `webhookId` null: a new one. */
type Asking = { kind: WebhookAsked; webhookId: string } | { kind: 'edit'; webhookId: null };

/** Which other programs are told of what, and how that goes. */
export function WebhooksPage() {
  const t = useText();
  const webhooks = useOffice((state) => state.webhooks);
  const [asking, setAsking] = useState<Asking | null>(null);
  const [made, setMade] = useState<MadeSecret | null>(null);
  const done = () => setAsking(null);
  const webhook = webhooks.find(({ webhookId }) => webhookId === asking?.webhookId) ?? null;
  const isOpen = asking !== null && (webhook !== null || asking.webhookId === null);
  return (
    <Page
      title={t('settings.page.webhooks')}
      lead={t('webhooks.lead')}
      action={<Button onClick={() => setAsking({ kind: 'edit', webhookId: null })}>{t('webhooks.add')}</Button>}
    >
      {webhooks.length === 0 ? (
        <PaneNote icon={<IconWebhook size={30} stroke={1.4} />} title={t('webhooks.none')}>
          {t('webhooks.noneHelp')}
        </PaneNote>
      ) : (
        <Card>
          <DataTable
            columns={[
              { title: t('webhooks.url') },
              { title: t('webhooks.state') },
              { title: t('common.more'), isHidden: true },
            ]}
          >
            {webhooks.map((each) => (
              <Row
                key={each.webhookId}
                webhook={each}
                onAsk={(kind) => setAsking({ kind, webhookId: each.webhookId })}
              />
            ))}
          </DataTable>
        </Card>
      )}
      <Modal
        opened={isOpen}
        onClose={done}
        size={asking?.kind === 'attempts' ? 'xl' : 'md'}
        title={titleOf(t, asking?.kind, webhook)}
      >
        {asking === null || !isOpen ? null : asking.kind === 'edit' || webhook === null ? (
          <WebhookForm webhook={webhook} onDone={done} onSecret={setMade} />
        ) : asking.kind === 'attempts' ? (
          <WebhookAttempts webhook={webhook} />
        ) : (
          <ConfirmWebhook kind={asking.kind} webhook={webhook} onDone={done} onSecret={setMade} />
        )}
      </Modal>
      <Modal
        opened={made !== null}
        onClose={() => setMade(null)}
        title={t('webhooks.secretOf', { host: made?.host ?? '' })}
      >
        <Text size="sm" mb="md">
          {t('webhooks.secretHelp')}
        </Text>
        <LinkBox label={t('webhooks.secret')} value={made?.secret ?? ''} />
        <Group justify="flex-end" mt="lg">
          <Button onClick={() => setMade(null)}>{t('common.close')}</Button>
        </Group>
      </Modal>
    </Page>
  );
}

function titleOf(t: ReturnType<typeof useText>, kind: WebhookAsked | undefined, webhook: WebhookView | null): string {
  if (webhook === null) return t('webhooks.add');
  const host = hostOf(webhook.url);
  return kind === 'attempts' ? t('webhooks.attemptsOf', { host }) : host;
}

function Row({ webhook, onAsk }: { webhook: WebhookView; onAsk: (kind: WebhookAsked) => void }) {
  const t = useText();
  const { url, events, waiting, lost } = webhook;
  return (
    <tr>
      <td style={{ overflowWrap: 'anywhere' }}>
        <b>{url}</b>
        <div className="soft">{t('webhooks.eventsOf', { count: events.length })}</div>
      </td>
      <td>
        <State webhook={webhook} />
        {waiting > 0 ? <div className="soft">{t('webhooks.waiting', { count: waiting })}</div> : null}
        {lost > 0 ? <div className="soft">{t('webhooks.lost', { count: lost })}</div> : null}
      </td>
      <td>
        <WebhookActions webhook={webhook} onAsk={onAsk} />
      </td>
    </tr>
  );
}

function State({ webhook: { paused, failingSince, attemptedAt, rotatesUntil } }: { webhook: WebhookView }) {
  const t = useText();
  const { dayAndTime } = useTimes();
  const isRotating = rotatesUntil !== null && rotatesUntil > Date.now();
  return (
    <>
      {paused ? (
        t(paused.by === 'hub' ? 'webhooks.dead' : 'webhooks.paused')
      ) : failingSince === null ? (
        t(attemptedAt === null ? 'webhooks.untried' : 'webhooks.works')
      ) : (
        <Text component="span" size="sm" c="red">
          {t('webhooks.fails', { time: dayAndTime(failingSince) })}
        </Text>
      )}
      {isRotating ? <div className="soft">{t('webhooks.rotating', { time: dayAndTime(rotatesUntil) })}</div> : null}
    </>
  );
}
