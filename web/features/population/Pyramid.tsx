/** The ages as a drawing: men to the left, women to the right, the oldest on top. The table beside it says the same in numbers. */
import { useWords, words } from '../../app/language.tsx';
import type { Band } from './numbers.ts';

const WORDS = words({
  it: {
    title: 'Residenti per età e sesso; gli stessi numeri sono nella tabella',
    men: 'Maschi',
    women: 'Femmine',
  },
  en: {
    title: 'Residents by age and sex; the table holds the same numbers',
    men: 'Men',
    women: 'Women',
  },
});

const ROW = 18;
/** Half the room in the middle, where the ages stand. */
const MIDDLE = 32;
const SIDE = 168;
const CENTRE = SIDE + MIDDLE;
const HEAD = 22;

export function Pyramid({ rows }: { readonly rows: readonly Band[] }) {
  const say = useWords(WORDS);
  const most = Math.max(1, ...rows.flatMap(({ maschi, femmine }) => [maschi, femmine]));
  const wide = (count: number): number => (count / most) * SIDE;
  return (
    <svg
      className="pyramid"
      role="img"
      aria-label={say.title}
      viewBox={`0 0 ${CENTRE * 2} ${HEAD + rows.length * ROW}`}
    >
      <text x={CENTRE - MIDDLE} y={14} textAnchor="end" className="head-of">
        {say.men}
      </text>
      <text x={CENTRE + MIDDLE} y={14} className="head-of">
        {say.women}
      </text>
      {rows.toReversed().map(({ band, maschi, femmine }, place) => {
        const y = HEAD + place * ROW;
        return (
          <g key={band}>
            <rect
              className="men"
              x={CENTRE - MIDDLE - wide(maschi)}
              y={y}
              width={wide(maschi)}
              height={ROW - 3}
            />
            <text x={CENTRE} y={y + 12} textAnchor="middle">
              {band}
            </text>
            <rect className="women" x={CENTRE + MIDDLE} y={y} width={wide(femmine)} height={ROW - 3} />
          </g>
        );
      })}
    </svg>
  );
}
