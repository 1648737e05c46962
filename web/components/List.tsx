/** A list as a table that turns into blocks on a narrow screen. The first column names the row. */
import type { ReactNode } from 'react';

export interface Column<Row> {
  readonly title: string;
  readonly cell: (row: Row) => ReactNode;
  /** A column of buttons has a title for screen readers alone. */
  readonly hidden?: true;
  /** A column of numbers, one under the other. */
  readonly number?: true;
}

interface ListProps<Row> {
  readonly caption: string;
  readonly rows: readonly Row[];
  readonly columns: readonly Column<Row>[];
  readonly keyOf: (row: Row) => string;
  /** A heading above says it already: the caption is for screen readers alone. */
  readonly captionUnseen?: boolean;
  /** Narrow enough to stay a table everywhere. */
  readonly slim?: boolean;
}

export function List<Row>({
  caption,
  rows,
  columns,
  keyOf,
  captionUnseen = false,
  slim = false,
}: ListProps<Row>) {
  return (
    <div className="table-wrap">
      <table className={slim ? 'list slim' : 'list stacked'}>
        <caption className={captionUnseen ? 'sr' : undefined}>{caption}</caption>
        <thead>
          <tr>
            {columns.map(({ title, hidden, number }) => (
              <th scope="col" key={title} className={number ? 'number' : undefined}>
                {hidden ? <span className="sr">{title}</span> : title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)}>
              {columns.map(({ title, cell, hidden, number }, place) =>
                place === 0 ? (
                  <th scope="row" key={title}>
                    {cell(row)}
                  </th>
                ) : (
                  <td
                    key={title}
                    className={number ? 'number' : undefined}
                    {...(hidden ? {} : { 'data-label': title })}
                  >
                    {cell(row)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
