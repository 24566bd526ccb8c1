import HotShots from 'hot-shots';
import StatsdClient from 'statsd-client';

const port = Number(process.argv[2]);
const hot = new HotShots({ host: '127.0.0.1', port, globalTags: { host: 'a' }, errorHandler: error => { throw error; } });
hot.increment('hot.orders', 3);
hot.gauge('hot.queue', 7);
hot.timing('hot.latency', 20);
hot.set('hot.users', 'anna');
hot.histogram('hot.sizes', 5);
await new Promise((done, failed) => hot.close(error => (error ? failed(error) : done())));
// The second by TCP, its lines ended by itself.
const plain = new StatsdClient({ host: '127.0.0.1', port, tcp: true, prefix: 'plain' });
plain.increment('orders');
plain.gauge('queue', 9);
plain.timing('latency', 30);
setTimeout(() => { plain.close(); console.log('sent'); }, 200);
