import { useMemo } from 'react';
import { encode } from 'uqr';

const quietModules = 3;

/** A QR code, dark on light in both themes: some readers recognise no other. */
export function Qr({ value, label, sizePx = 168 }: { value: string; label: string; sizePx?: number }) {
  const { size, path } = useMemo(() => {
    const { data, size } = encode(value, { border: quietModules, ecc: 'M' });
    const dark = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])));
    return { size, path: dark.join('') };
  }, [value]);
  return (
    <svg role="img" aria-label={label} width={sizePx} height={sizePx} viewBox={`0 0 ${size} ${size}`} data-testid="qr">
      <title>{label}</title>
      <rect width={size} height={size} fill="#fff" rx={1} />
      <path d={path} fill="#000" shapeRendering="crispEdges" />
    </svg>
  );
}
