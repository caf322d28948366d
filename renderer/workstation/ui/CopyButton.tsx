import { Button } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useServices } from '../services/services';
import { useText } from './text';

const saidMs = 2_500;

/** Copies, and confirms it for a moment. */
export function CopyButton({ what, value }: { what: string; value: string }) {
  const t = useText();
  const { copy } = useServices();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), saidMs);
    return () => clearTimeout(timer);
  }, [copied]);
  return (
    <Button
      variant="default"
      size="xs"
      aria-label={`${t('common.copy')}: ${what}`}
      leftSection={copied ? <IconCheck size={15} /> : <IconCopy size={15} />}
      onClick={async () => setCopied(await copy(value))}
    >
      {t(copied ? 'common.copied' : 'common.copy')}
    </Button>
  );
}
