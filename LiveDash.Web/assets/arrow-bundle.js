// What reads points in the browser, and no more: Arrow's own reader of streams.
export { RecordBatchReader } from 'apache-arrow';
