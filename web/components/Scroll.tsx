/** What is wider than the page scrolls in a place of its own, by keyboard too: it takes the focus only where there is something to scroll. */
import { type ReactNode, useEffect, useRef, useState } from 'react';

export function Scroll({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  const place = useRef<HTMLElement>(null);
  const [wider, setWider] = useState(false);
  useEffect(() => {
    const element = place.current;
    if (element === null) return;
    const look = new ResizeObserver(() => setWider(element.scrollWidth > element.clientWidth));
    look.observe(element);
    for (const child of element.children) look.observe(child);
    return () => look.disconnect();
  }, []);
  return (
    <section className="table-wrap" ref={place} aria-label={label} {...(wider ? { tabIndex: 0 } : {})}>
      {children}
    </section>
  );
}
