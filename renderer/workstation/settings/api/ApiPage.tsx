import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { IconPlugConnected } from '@tabler/icons-react';
import { useState } from 'react';
import type { ApiTokenView } from '../../../../shared/protocol/api-tokens';
import { apiTokensMax } from '../../../../shared/protocol/limits';
import { useServices } from '../../services/services';
import { useIsUp, useOffice } from '../../session/session-context';
import { Card } from '../../ui/Card';
import { DataTable } from '../../ui/DataTable';
import { FormRow } from '../../ui/FormRow';
import { LinkBox } from '../../ui/LinkBox';
import { PaneNote } from '../../ui/Pane';
import { useText } from '../../ui/text';
import { useTimes } from '../../ui/use-times';
import { Page } from '../Page';
import { RevokeToken } from './RevokeToken';
import { TokenForm } from './TokenForm';

/** The tokens with which other programs of the office use the API, and where it is. */
export function ApiPage() {
  const t = useText();
  const isUp = useIsUp();
  const { apiTokens } = useOffice((state) => state.api);
  const [making, setMaking] = useState(false);
  const [revoking, setRevoking] = useState<ApiTokenView | null>(null);
  const [made, setMade] = useState<{ name: string; token: string } | null>(null);
  return (
    <Page
      title={t('settings.page.api')}
      lead={t('api.lead')}
      action={
        <Button disabled={!isUp || apiTokens.length >= apiTokensMax} onClick={() => setMaking(true)}>
          {t('api.add')}
        </Button>
      }
    >
      <Stack gap="lg">
        {apiTokens.length === 0 ? (
          <PaneNote icon={<IconPlugConnected size={30} stroke={1.4} />} title={t('api.none')}>
            {t('api.noneHelp')}
          </PaneNote>
        ) : (
          <Card>
            <DataTable
              columns={[
                { title: t('api.name') },
                { title: t('api.scopes') },
                { title: t('api.used') },
                { title: t('common.more'), isHidden: true },
              ]}
            >
              {apiTokens.map((each) => (
                <Row key={each.tokenId} token={each} onRevoke={() => setRevoking(each)} />
              ))}
            </DataTable>
          </Card>
        )}
        <Where />
      </Stack>
      <Modal opened={making} onClose={() => setMaking(false)} title={t('api.add')}>
        <TokenForm onDone={() => setMaking(false)} onMade={setMade} />
      </Modal>
      <Modal opened={revoking !== null} onClose={() => setRevoking(null)} title={revoking?.name ?? ''}>
        {revoking === null ? null : <RevokeToken token={revoking} onDone={() => setRevoking(null)} />}
      </Modal>
      <Modal opened={made !== null} onClose={() => setMade(null)} title={t('api.tokenOf', { name: made?.name ?? '' })}>
        <Text size="sm" mb="md">
          {t('api.tokenHelp')}
        </Text>
        <LinkBox label={t('api.token')} value={made?.token ?? ''} />
        <Group justify="flex-end" mt="lg">
          <Button onClick={() => setMade(null)}>{t('common.close')}</Button>
        </Group>
      </Modal>
    </Page>
  );
}

function Row({ token, onRevoke }: { token: ApiTokenView; onRevoke: () => void }) {
  const t = useText();
  const isUp = useIsUp();
  const { dayAndTime, fullDay } = useTimes();
  const { name, scopes, madeAt, usedAt } = token;
  return (
    <tr>
      <td>
        <b>{name}</b>
        <div className="soft">{t('api.made', { day: fullDay(madeAt) })}</div>
      </td>
      <td>
        {scopes.map((each) => (
          <div key={each}>{t(`api.scope.${each}`)}</div>
        ))}
      </td>
      <td>{usedAt === null ? t('api.neverUsed') : t('api.usedSince', { time: dayAndTime(usedAt) })}</td>
      <td>
        <Button
          size="compact-sm"
          variant="subtle"
          color="red"
          disabled={!isUp}
          aria-label={t('api.revokeOf', { name })}
          onClick={onRevoke}
        >
          {t('api.revoke')}
        </Button>
      </td>
    </tr>
  );
}

function Where() {
  const t = useText();
  const { openLink } = useServices();
  const { urls } = useOffice((state) => state.api);
  const [own, ...others] = urls;
  if (own === undefined) return null;
  return (
    <Card label={t('api.where')}>
      <FormRow
        title={t('api.where')}
        help={t('api.whereHelp')}
        control={
          <Button variant="default" size="xs" onClick={() => openLink(`${own}/docs`)}>
            {t('api.docs')}
          </Button>
        }
      >
        <LinkBox label={t('api.where')} value={own} />
      </FormRow>
      {others.length === 0 ? null : (
        <FormRow title={t('api.others')} help={t('api.othersHelp')}>
          {others.map((each) => (
            <LinkBox key={each} label={t('api.others')} value={each} />
          ))}
        </FormRow>
      )}
    </Card>
  );
}
