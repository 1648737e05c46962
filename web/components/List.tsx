/** A list as a table that turns into blocks on a narrow screen. The first column names the row. */
import type { ReactNode } from 'react';

export interface Column<Row> {
  readonly title: string;
  readonly cell: (row: Row) => ReactNode;
  /** A column of buttons has a title for screen readers alone. */
  readonly hidden?: true;
}

interface ListProps<Row> {
  readonly caption: string;
  readonly rows: readonly Row[];
  readonly columns: readonly Column<Row>[];
  readonly keyOf: (row: Row) => string;
}

export function List<Row>({ caption, rows, columns, keyOf }: ListProps<Row>) {
  return (
    <div className="table-wrap">
      <table className="list stacked">
        <caption>{caption}</caption>
        <thead>
          <tr>
            {columns.map(({ title, hidden }) => (
              <th scope="col" key={title}>
                {hidden ? <span className="sr">{title}</span> : title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)}>
              {columns.map(({ title, cell, hidden }, place) =>
                place === 0 ? (
                  <th scope="row" key={title}>
                    {cell(row)}
                  </th>
                ) : (
                  <td key={title} {...(hidden ? {} : { 'data-label': title })}>
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
