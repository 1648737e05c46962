/** How far something is, read out too. */
interface ProgressProps {
  readonly label: string;
  readonly done: number;
  readonly of: number;
}

export function Progress({ label, done, of }: ProgressProps) {
  const share = of <= 0 ? 0 : Math.min(100, Math.floor((done / of) * 100));
  return (
    <div className="far">
      <progress value={share} max={100} aria-label={label} />
      <span>{share}%</span>
    </div>
  );
}
