/** Figures for Prometheus: how many, how long, with what outcome, by operation. No address, person or body stands in a label. */
import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client';

export interface HttpMetrics {
  /** @param operation its id, or "none" where no operation was reached */
  observe(operation: string, status: number, seconds: number): void;
  /** The exposition text and its media type. */
  render(): Promise<{ readonly type: string; readonly text: string }>;
}

export function createMetrics(): HttpMetrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'sipop_' });
  const requests = new Counter({
    name: 'sipop_http_requests_total',
    help: 'Requests answered, by operation and status',
    labelNames: ['operation', 'status'],
    registers: [registry],
  });
  const durations = new Histogram({
    name: 'sipop_http_request_seconds',
    help: 'Seconds from the request to the end of its answer, by operation',
    labelNames: ['operation'],
    buckets: [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10],
    registers: [registry],
  });
  return {
    observe(operation, status, seconds) {
      requests.inc({ operation, status: String(status) });
      durations.observe({ operation }, seconds);
    },
    render: async () => ({ type: registry.contentType, text: await registry.metrics() }),
  };
}
