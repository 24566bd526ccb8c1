import { InfluxDB, Point } from '@influxdata/influxdb-client';

// Writes as its documentation shows: a number, a whole number, a flag and a text.
const write = new InfluxDB({ url: process.argv[2], token: 'any token' }).getWriteApi('any org', 'any bucket', 'ns', { maxRetries: 0 });
write.useDefaultTags({ region: 'eu' });
write.writePoint(new Point('npm').tag('host', 'a b').floatField('load', 1.5).intField('jobs', 3).booleanField('up', true).stringField('state', 'say "hello"'));
await write.close();
console.log('written');
