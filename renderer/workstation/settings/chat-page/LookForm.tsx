import { ColorInput, Group, NumberInput, Select } from '@mantine/core';
import type { Look } from '../../../../shared/protocol/chat-page';
import { launcherDistancePx } from '../../../../shared/protocol/limits';
import { Card } from '../../ui/Card';
import { Row } from '../../ui/FormRow';
import { useText } from '../../ui/text';
import { LogoField } from './LogoField';
import { isColor } from './page-draft';

/** The colour of the page, and where the button stands on the office's own site. */
export function LookForm({ look, onLook }: { look: Look; onLook: (look: Look) => void }) {
  const t = useText();
  const { color, launcher } = look;
  const { min, max } = launcherDistancePx;
  const move = (change: Partial<Look['launcher']>) => onLook({ ...look, launcher: { ...launcher, ...change } });
  const distance = (side: 'sidePx' | 'bottomPx', label: string) => (
    <NumberInput
      w={130}
      label={label}
      suffix=" px"
      min={min}
      max={max}
      clampBehavior="strict"
      allowDecimal={false}
      allowNegative={false}
      value={launcher[side]}
      onChange={(next) => move({ [side]: Number(next) })}
    />
  );
  return (
    <Card label={t('chatPage.look')}>
      <Row>
        <ColorInput
          flex={1}
          label={t('chatPage.color')}
          description={t('chatPage.colorHelp')}
          format="hex"
          withEyeDropper={false}
          value={color}
          error={isColor(color) ? null : t('chatPage.colorWrong')}
          onChange={(next) => onLook({ ...look, color: next.toLowerCase() })}
        />
      </Row>
      <LogoField logo={look.logo} onLogo={(logo) => onLook({ ...look, logo })} />
      <Row>
        {/* Below one another where the preview leaves no room. */}
        <Group flex={1} gap="md" align="flex-end">
          <Select
            flex="1 1 200px"
            label={t('chatPage.launcher')}
            data={[
              { value: 'right', label: t('chatPage.right') },
              { value: 'left', label: t('chatPage.left') },
            ]}
            value={launcher.side}
            allowDeselect={false}
            onChange={(next) => move({ side: next === 'left' ? 'left' : 'right' })}
          />
          {distance('sidePx', t('chatPage.fromSide'))}
          {distance('bottomPx', t('chatPage.fromBelow'))}
        </Group>
      </Row>
    </Card>
  );
}
