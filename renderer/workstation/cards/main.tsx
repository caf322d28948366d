import '../ui/global.css';
import { createRoot } from 'react-dom/client';
import type { CardApi } from '../../../shared/desktop-api';
import { createPageClock } from '../services/page-clock';
import { createTicker } from '../services/ticker';
import { CardWindow } from './CardWindow';

// In this window `foyer` is the cards' bridge, not the workstation's. In a browser there is none, and nothing to show.
const bridge = (window as { foyer?: unknown }).foyer as CardApi | undefined;
const root = document.getElementById('root');
const clock = createPageClock();
if (root && bridge) createRoot(root).render(<CardWindow bridge={bridge} clock={clock} ticker={createTicker(clock)} />);
