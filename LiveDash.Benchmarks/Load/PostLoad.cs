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
    private long _offered;
    private long _failed;

    /// <summary>The event time of the first sender's first point, in epoch milliseconds of 13 digits; another for another load on the same server.</summary>
    public long FirstTime { get; init; } = 1_000_000_000_000;

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

    /// <summary>Points whose sending began: what the server was offered, whatever became of it.</summary>
    public long Offered => Interlocked.Read(ref _offered);

    /// <summary>Points of bodies that got no answer.</summary>
    public long Failed => Interlocked.Read(ref _failed);

    /// <summary>Sends until the time is over; returns how long it took until the last answer.</summary>
    /// <param name="duration">How long bodies are begun.</param>
    /// <param name="rate">Points a second over all senders, evenly; 0 for as many as get through.</param>
    public async Task<TimeSpan> RunAsync(TimeSpan duration, double rate = 0)
    {
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, senders).Select(sender => Task.Run(() => SendAsync(sender, clock, duration, rate / senders))));
        return clock.Elapsed;
    }

    private async Task SendAsync(int sender, Stopwatch clock, TimeSpan duration, double rate)
    {
        var body = new PointBody(LinesPerBody, Series, located: false, seed: sender);
        // Days of time to each sender, all of it past: what is far ahead of the clock is refused.
        var time = FirstTime + (sender * 1_000_000_000L);
        for (long bodies = 0; clock.Elapsed < duration; bodies++)
        {
            // By the plan, not by the last sending: what a stall held back is made up for.
            if (rate > 0 && TimeSpan.FromSeconds((bodies + ((double)sender / senders)) * LinesPerBody / rate) - clock.Elapsed is { Ticks: > 0 } early) await Task.Delay(early);
            body.SetTimes(time);
            time += LinesPerBody;
            await SendAsync(body, clock);
        }
    }

    private async Task SendAsync(PointBody body, Stopwatch clock)
    {
        var start = clock.Elapsed;
        Interlocked.Add(ref _offered, LinesPerBody);
        using var content = new ByteArrayContent(body.Bytes);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
        try
        {
            using var answer = await server.Client.PostAsync(new Uri("/api/points", UriKind.Relative), content);
            if ((int)answer.StatusCode == 429)
            {
                Interlocked.Increment(ref _refused);
                return;
            }

            answer.EnsureSuccessStatusCode();
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            Interlocked.Add(ref _failed, LinesPerBody);
            return;
        }

        Interlocked.Add(ref _acknowledged, LinesPerBody);
        lock (_milliseconds) _milliseconds.Add((clock.Elapsed - start).TotalMilliseconds);
    }
}
