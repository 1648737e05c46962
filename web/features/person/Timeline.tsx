/** A life drawn on two times: lanes of facts, a slider for the day asked about, and one for when it was known so. */
import { useCodes } from '../../app/codes.ts';
import { useLanguage, useWords, words } from '../../app/language.tsx';
import { showDate, showMoment } from '../../components/dates.ts';
import { Scroll } from '../../components/Scroll.tsx';
import { Slider } from '../../components/Slider.tsx';
import { type Fact, LANES, type Lane, laneOf, told } from './facts.ts';
import { heldOn, placeOf } from './two-times.ts';

const WORDS = words({
  it: {
    day: 'Al giorno',
    known: 'Come noto al',
    picture: (from: string, to: string) =>
      `La vita disegnata nel tempo, dal ${from} al ${to}; gli stessi fatti sono nell’elenco qui sotto.`,
    life: 'La vita nel tempo',
  },
  en: {
    day: 'On the day',
    known: 'As known at',
    picture: (from: string, to: string) =>
      `The life drawn in time, from ${from} to ${to}; the same facts are in the list below.`,
    life: 'The life in time',
  },
});

const WIDTH = 1000;
const LABEL = 130;
const LANE = 34;
const HEAD = 26;

interface TimelineProps {
  /** Those known at the instant chosen. */
  readonly facts: readonly Fact[];
  /** The days on which something changed, in order. */
  readonly days: readonly string[];
  /** The instants at which the register learned something, in order. */
  readonly instants: readonly string[];
  readonly day: string;
  readonly instant: string;
  readonly today: string;
  readonly onDay: (day: string) => void;
  readonly onInstant: (instant: string) => void;
}

export function Timeline(props: TimelineProps) {
  const { facts, days, instants, day, instant, today, onDay, onInstant } = props;
  const say = useWords(WORDS);
  const { language } = useLanguage();
  const codes = useCodes(facts.map(({ scheda }) => scheda.comune));
  const [from = today] = days;
  const to = today > from ? today : (days.at(-1) ?? today);
  const lanes = (Object.keys(LANES) as Lane[]).filter((lane) => facts.some((fact) => laneOf(fact) === lane));
  const x = (date: string): number => LABEL + placeOf(date, from, to) * (WIDTH - LABEL);
  const height = HEAD + lanes.length * LANE + 6;
  return (
    <div className="no-print">
      <div className="row-fields">
        <Slider
          label={say.day}
          values={days.includes(today) ? days : [...days, today].sort()}
          value={day}
          show={showDate}
          onChange={onDay}
        />
        {instants.length > 1 ? (
          <Slider
            label={say.known}
            values={instants}
            value={instant}
            show={showMoment}
            onChange={onInstant}
          />
        ) : null}
      </div>
      <Scroll label={say.life}>
        <svg
          className="timeline"
          viewBox={`0 0 ${WIDTH} ${height}`}
          role="img"
          aria-label={say.picture(showDate(from), showDate(to))}
        >
          {years(from, to).map((year) => (
            <g key={year}>
              <line x1={x(`${year}`)} x2={x(`${year}`)} y1={HEAD - 6} y2={height} className="year" />
              <text x={x(`${year}`) + 3} y={15} className="tick">
                {year}
              </text>
            </g>
          ))}
          {lanes.map((lane, place) => (
            <g key={lane} transform={`translate(0 ${HEAD + place * LANE})`}>
              <text x={0} y={21} className="lane">
                {LANES[lane][language]}
              </text>
              {facts
                .filter((fact) => laneOf(fact) === lane)
                .map((fact) => {
                  const left = x(fact.dal);
                  const width = Math.max(4, (fact.al === null ? WIDTH : x(fact.al)) - left - 1);
                  const text = told(fact, codes);
                  return (
                    <g key={`${fact.dal} ${fact.registrato_dal} ${text}`}>
                      <rect
                        x={left}
                        y={4}
                        width={width}
                        height={24}
                        rx={3}
                        className={heldOn(fact, day) ? 'spell held' : 'spell'}
                      >
                        <title>{`${text} (${showDate(fact.dal)} – ${showDate(fact.al)})`}</title>
                      </rect>
                      {width > 60 ? (
                        <text x={left + 6} y={21} className={heldOn(fact, day) ? 'what held' : 'what'}>
                          {text.slice(0, Math.floor(width / 8))}
                        </text>
                      ) : null}
                    </g>
                  );
                })}
            </g>
          ))}
          <line x1={x(day)} x2={x(day)} y1={HEAD - 8} y2={height} className="cursor" />
        </svg>
      </Scroll>
    </div>
  );
}

/** The years to mark: no more than a dozen, at round steps. */
function years(from: string, to: string): readonly number[] {
  const [first, last] = [Number(from.slice(0, 4)), Number(to.slice(0, 4))];
  const step = [1, 2, 5, 10, 20, 50].find((s) => (last - first) / s <= 12) ?? 100;
  const marked: number[] = [];
  for (let year = Math.ceil((first + 1) / step) * step; year <= last; year += step) marked.push(year);
  return marked;
}
