/**
 * A report on a cluster for people who have to keep one: one HTML file that needs nothing else. A separate entry, as `etcd-bundle/verify` is.
 *
 * @packageDocumentation
 */

export type { Report, ReportOptions } from './report-of-hosts.js';
export { reportOfHosts } from './report-of-hosts.js';
