import { CutOffError } from './cut-off-error.js';
import { PointArrow } from './point-arrow.js';
import { PointColumns } from './point-columns.js';
import { PointLines } from './point-lines.js';

const columnar = 'application/vnd.apache.arrow.stream';

// Reads points from GET /api/points, or from POST /api/points/query where a body is given, into growing columns: from an Arrow stream where the server
// gives one, else from NDJSON. It can be cancelled at any moment and goes on behind the last point it has: by itself after a network fault, or when
// run() is called again.
export class PointReader {
  // url without `after`; where the answer is NDJSON it must hold the fields t and id for the server to find the place again without a search.
  constructor(url, { body = null, columns = new PointColumns(), fetch = globalThis.fetch.bind(globalThis), pauses = [250, 1000, 3000], onData = () => {} } = {}) {
    this.url = url;
    this.body = body;
    this.columns = columns;
    this.decoder = null;
    this.fetch = fetch;
    this.pauses = pauses;
    this.onData = onData;
    this.bytes = 0;
    this.resumed = 0;
    this.state = 'ready';
  }

  cancel() {
    this.abort?.abort();
  }

  // Reads to the end. Gives 'done', 'cancelled' or 'failed' (then this.error says why); after the last two it may be called again.
  async run() {
    if (this.state === 'reading') return this.state;
    this.abort = new AbortController();
    this.state = 'reading';
    this.error = null;
    for (let faults = 0; this.state === 'reading';) {
      const before = this.columns.length;
      try {
        await this.readOnce();
        this.state = 'done';
      } catch (error) {
        if (this.abort.signal.aborted) {
          this.state = 'cancelled';
        } else if (error instanceof CutOffError) {
          // As long as each attempt brings something, attempts do not run out.
          if (this.columns.length > before) faults = 0;
          if (faults === this.pauses.length) this.fail('The connection was lost. What has arrived stays; resume goes on behind it.');
          else await this.pause(this.pauses[faults++]);
          this.resumed++;
        } else {
          this.fail(error.message);
        }
      }
    }
    this.onData(this);
    return this.state;
  }

  fail(message) {
    this.state = 'failed';
    this.error = message;
  }

  async readOnce() {
    const after = this.decoder?.place() ?? null;
    const url = after === null ? this.url : `${this.url}${this.url.includes('?') ? '&' : '?'}after=${encodeURIComponent(after)}`;
    // Arrow names every series before the first point, and a collection's are known only from its documents.
    const accept = new URL(url, 'http://any').searchParams.has('collection') ? 'application/x-ndjson' : `${columnar}, application/x-ndjson;q=0.5`;
    const options = { signal: this.abort.signal, headers: { Accept: accept } };
    if (this.body !== null) Object.assign(options, { method: 'POST', body: this.body, headers: { ...options.headers, 'Content-Type': 'application/geo+json' } });
    const answer = await throughNetwork(this.fetch(url, options));
    if (!answer.ok) throw new Error(await explain(answer));
    const form = answer.headers.get('Content-Type')?.startsWith(columnar) ? PointArrow : PointLines;
    if (!(this.decoder instanceof form)) this.decoder = new form(this.columns);
    const reader = answer.body.getReader();
    try {
      await this.decoder.read(this.pieces(reader), () => this.onData(this));
    } catch (error) {
      // An answer that is refused midway would hold the server's scan until the page goes.
      reader.cancel().catch(() => {});
      throw error;
    }
  }

  async *pieces(reader) {
    for (let chunk = await throughNetwork(reader.read()); !chunk.done; chunk = await throughNetwork(reader.read())) {
      this.bytes += chunk.value.length;
      yield chunk.value;
    }
  }

  pause(ms) {
    return new Promise(done => {
      const timer = setTimeout(done, ms);
      this.abort.signal.addEventListener('abort', () => {
        clearTimeout(timer);
        this.state = 'cancelled';
        done();
      }, { once: true });
    });
  }
}

// What fetch and a stream throw is a fault of the connection, whatever its type; what the bytes are is not their matter.
async function throughNetwork(promise) {
  try {
    return await promise;
  } catch (error) {
    throw new CutOffError(error.message, { cause: error });
  }
}

async function explain(answer) {
  try {
    const problem = await answer.json();
    return problem.detail ?? problem.title;
  } catch {
    return `The server answered ${answer.status}.`;
  }
}
