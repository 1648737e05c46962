/** A QR code drawn as one path, made in the page: what is in it goes nowhere else. */
import { create } from 'qrcode';
import { useMemo } from 'react';

export function QrCode({ text, label = 'QR' }: { readonly text: string; readonly label?: string }) {
  const { size, path } = useMemo(() => {
    const { modules } = create(text, { errorCorrectionLevel: 'M' });
    const dark: string[] = [];
    for (let row = 0; row < modules.size; row++)
      for (let column = 0; column < modules.size; column++)
        if (modules.get(row, column)) dark.push(`M${column + 4} ${row + 4}h1v1h-1z`);
    return { size: modules.size + 8, path: dark.join('') };
  }, [text]);
  return (
    <svg className="qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label}>
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
