import { Button, Group, Text } from '@mantine/core';
import type { DeviceView } from '../../../../shared/protocol/views';
import { useIsUp, useSession, useTable } from '../../session/session-context';
import { useAct } from '../../session/use-act';
import { useText } from '../../ui/text';
import { useTimes } from '../../ui/use-times';

/** The devices on which an agent is signed in; each can be signed out by itself. */
export function AgentDevices({ agentId, help }: { agentId: string; help: string }) {
  const t = useText();
  const devices = useTable('devices');
  const theirs = [...devices.values()].filter((each) => each.agentId === agentId);
  return (
    <>
      <Text size="sm" mb="md">
        {theirs.length === 0 ? t('agents.deviceNone') : help}
      </Text>
      {theirs
        .sort((one, other) => (other.usedAt ?? other.addedAt) - (one.usedAt ?? one.addedAt))
        .map((device) => (
          <DeviceRow key={device.deviceId} device={device} />
        ))}
    </>
  );
}

function DeviceRow({ device: { deviceId, label, addedAt, usedAt } }: { device: DeviceView }) {
  const t = useText();
  const act = useAct();
  const up = useIsUp();
  const session = useSession();
  const { dayAndTime, fullDay } = useTimes();
  const isThis = deviceId === session.deviceId;
  return (
    <Group justify="space-between" py="xs" wrap="nowrap" data-device={deviceId}>
      <div>
        <Text size="sm">
          {label}
          {isThis ? ` · ${t('agents.thisDevice')}` : null}
        </Text>
        <Text size="xs" c="dimmed">
          {t('agents.device', { time: dayAndTime(addedAt) })}
          {usedAt === null ? null : ` · ${t('agents.deviceUsed', { day: fullDay(usedAt) })}`}
        </Text>
      </div>
      <Button
        size="compact-sm"
        variant="default"
        disabled={!up}
        aria-label={t('agents.revokeDeviceLabel', { device: label })}
        onClick={() =>
          act(session.send({ op: 'device.revoke', deviceId }), t('agents.deviceRevoked', { device: label }))
        }
      >
        {t('agents.revokeDevice')}
      </Button>
    </Group>
  );
}
