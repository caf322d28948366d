import {
  type MantineColorSchemeManager,
  MantineProvider,
  type MantineProviderProps,
  mergeThemeOverrides,
} from '@mantine/core';
import { type ReactNode, useMemo } from 'react';
import { useText } from './text';
import { cssVariables, theme } from './theme';

interface StyleProviderProps {
  colorSchemeManager?: MantineColorSchemeManager;
  nonce?: string;
  env?: MantineProviderProps['env'];
  children: ReactNode;
}

/** Mantine in Foyer's colours. Close buttons of dialogs and toasts get a name in the page's language. */
export function StyleProvider({ colorSchemeManager, nonce = '', env, children }: StyleProviderProps) {
  const t = useText();
  const named = useMemo(
    () =>
      mergeThemeOverrides(theme, {
        components: { CloseButton: { defaultProps: { 'aria-label': t('common.close') } } },
      }),
    [t],
  );
  return (
    <MantineProvider
      theme={named}
      cssVariablesResolver={cssVariables}
      defaultColorScheme="auto"
      getStyleNonce={() => nonce}
      {...(colorSchemeManager ? { colorSchemeManager } : {})}
      {...(env ? { env } : {})}
    >
      {children}
    </MantineProvider>
  );
}
