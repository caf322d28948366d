import { type ReactNode, useState } from 'react';
import { useIsSupervisor } from '../session/session-context';
import { TraceDrawer, type Traced } from './TraceDrawer';

interface WhatHappenedProps {
  conversation: Traced;
  /** Opens it. */
  button: (open: () => void) => ReactNode;
}

/** For supervisors: the story of a conversation, behind a button. */
export function WhatHappened({ conversation, button }: WhatHappenedProps) {
  const supervisor = useIsSupervisor();
  const [opened, setOpened] = useState(false);
  if (!supervisor) return null;
  return (
    <>
      {button(() => setOpened(true))}
      <TraceDrawer conversation={conversation} opened={opened} onClose={() => setOpened(false)} />
    </>
  );
}
