/** A QR code drawn as one path, made in the page: what is in it goes nowhere else. */
import encodeQR from 'qr';
import { useMemo } from 'react';

/** The blank that the standard asks for around a code, in modules (ISO/IEC 18004). */
const QUIET = 4;

export function QrCode({ text, label = 'QR' }: { readonly text: string; readonly label?: string }) {
  const { size, path } = useMemo(() => {
    const rows = encodeQR(text, 'raw', { ecc: 'medium', border: QUIET });
    const dark = rows.flatMap((row, y) => row.flatMap((on, x) => (on ? [`M${x} ${y}h1v1h-1z`] : [])));
    return { size: rows.length, path: dark.join('') };
  }, [text]);
  return (
    <svg className="qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label}>
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
