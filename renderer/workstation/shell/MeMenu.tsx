import {
  Button,
  Divider,
  Modal,
  Popover,
  SegmentedControl,
  Stack,
  Text,
  UnstyledButton,
  useMantineColorScheme,
} from '@mantine/core';
import { IconDeviceDesktop, IconExternalLink, IconKeyboard, IconLogout } from '@tabler/icons-react';
import { useState } from 'react';
import type { Language } from '../../../shared/protocol/fields';
import type { Dialog } from '../navigation/pages';
import { useServices } from '../services/services';
import { useMyId, useOffice } from '../session/session-context';
import { Avatar } from '../ui/Avatar';
import { DialogFoot } from '../ui/DialogFoot';
import { useLanguage, useText } from '../ui/text';
import classes from './TopBar.module.css';
import { useSignOut } from './use-sign-out';

export function MeMenu({ onDialog }: { onDialog: (dialog: Dialog) => void }) {
  const t = useText();
  const { openLink, desktop } = useServices();
  const myId = useMyId();
  const name = useOffice((state) => state.agents.get(myId)?.name ?? '');
  const role = useOffice((state) => state.me?.role ?? 'agent');
  const customerUrl = useOffice((state) => state.customerUrl);
  const [opened, setOpened] = useState(false);
  const [leaving, setLeaving] = useState(false);
  const show = (dialog: Dialog) => {
    setOpened(false);
    onDialog(dialog);
  };
  return (
    <>
      <Popover opened={opened} onChange={setOpened} position="bottom-end" width={280} trapFocus returnFocus>
        <Popover.Target>
          <UnstyledButton className={classes.me} aria-label={t('me.menu', { name })} onClick={() => setOpened(!opened)}>
            <Avatar name={name} size={28} />
          </UnstyledButton>
        </Popover.Target>
        <Popover.Dropdown>
          <Stack gap="xs">
            <div>
              <Text fw={600}>{name}</Text>
              <p className={classes.help}>{t(`me.${role}`)}</p>
            </div>
            <span className={classes.section}>{t('me.theme')}</span>
            <ThemeSwitch />
            <span className={classes.section}>{t('me.language')}</span>
            <LanguageSwitch />
            <Divider my={4} />
            {customerUrl !== '' ? (
              <Button
                variant="default"
                leftSection={<IconExternalLink size={16} />}
                onClick={() => openLink(customerUrl)}
              >
                {t('me.customerLink')}
              </Button>
            ) : null}
            <Button variant="default" leftSection={<IconLogout size={16} />} onClick={() => setLeaving(true)}>
              {t('me.signOut')}
            </Button>
            <Button variant="default" leftSection={<IconKeyboard size={16} />} onClick={() => show('keys')}>
              {t('keys.title')}
            </Button>
            {desktop ? (
              <Button variant="default" leftSection={<IconDeviceDesktop size={16} />} onClick={() => show('machine')}>
                {t('machine.title')}
              </Button>
            ) : null}
          </Stack>
        </Popover.Dropdown>
      </Popover>
      <SignOut opened={leaving} onClose={() => setLeaving(false)} />
    </>
  );
}

function SignOut({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const t = useText();
  const signOut = useSignOut();
  return (
    <Modal opened={opened} onClose={onClose} title={t('me.signOutTitle')}>
      <Text size="sm">{t('me.signOutBody')}</Text>
      <DialogFoot onCancel={onClose}>
        <Button color="red" onClick={signOut}>
          {t('me.signOut')}
        </Button>
      </DialogFoot>
    </Modal>
  );
}

function ThemeSwitch() {
  const t = useText();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <SegmentedControl
      fullWidth
      size="xs"
      aria-label={t('me.theme')}
      value={colorScheme}
      onChange={(value) => setColorScheme(value as 'light' | 'dark' | 'auto')}
      data={[
        { value: 'light', label: t('me.themeLight') },
        { value: 'dark', label: t('me.themeDark') },
        { value: 'auto', label: t('me.themeAuto') },
      ]}
    />
  );
}

function LanguageSwitch() {
  const t = useText();
  const { language, setLanguage } = useLanguage();
  return (
    <SegmentedControl
      fullWidth
      size="xs"
      aria-label={t('me.language')}
      value={language}
      onChange={(value) => setLanguage(value as Language)}
      data={[
        { value: 'en', label: t('me.languageEn') },
        { value: 'zh', label: t('me.languageZh') },
      ]}
    />
  );
}
