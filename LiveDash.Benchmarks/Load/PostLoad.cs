using System.Diagnostics;
using System.Net.Http.Headers;

namespace LiveDash.Benchmarks.Load;

/// <summary>Sends bodies of 1,000 lines from several connections for a while and counts what was acknowledged, and how soon.</summary>
internal sealed class PostLoad(ServerUnderLoad server, int senders)
{
    private const int LinesPerBody = 1_000;
    private const int Series = 50;
    private readonly List<double> _milliseconds = [];
    private long _acknowledged;
    private long _refused;

    /// <summary>Points whose acknowledgement arrived.</summary>
    public long Acknowledged => _acknowledged;

    /// <summary>Bodies that were answered with 429.</summary>
    public long Refused => _refused;

    /// <summary>The time within which so many percent of the bodies were acknowledged.</summary>
    public double Percentile(double percent)
    {
        lock (_milliseconds)
        {
            if (_milliseconds.Count == 0) return double.NaN;
            _milliseconds.Sort();
            return _milliseconds[(int)Math.Min(_milliseconds.Count - 1, _milliseconds.Count * percent / 100)];
        }
    }

    /// <summary>Sends until the time is over; returns how long it took until the last answer.</summary>
    public async Task<TimeSpan> RunAsync(TimeSpan duration)
    {
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, senders).Select(sender => Task.Run(() => SendAsync(sender, clock, duration))));
        return clock.Elapsed;
    }

    private async Task SendAsync(int sender, Stopwatch clock, TimeSpan duration)
    {
        var body = new PointBody(LinesPerBody, Series, located: false, seed: sender);
        // Years of time to each sender, all of it past: what is far ahead of the clock is refused.
        var time = 1_000_000_000_000 + (sender * 10_000_000_000L);
        while (clock.Elapsed < duration)
        {
            body.SetTimes(time);
            time += LinesPerBody;
            var start = clock.Elapsed;
            using var content = new ByteArrayContent(body.Bytes);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
            using var answer = await server.Client.PostAsync(new Uri("/api/points", UriKind.Relative), content);
            if ((int)answer.StatusCode == 429)
            {
                Interlocked.Increment(ref _refused);
                continue;
            }

            answer.EnsureSuccessStatusCode();
            Interlocked.Add(ref _acknowledged, LinesPerBody);
            lock (_milliseconds) _milliseconds.Add((clock.Elapsed - start).TotalMilliseconds);
        }
    }
}
