using System.Globalization;
using System.Text;

namespace LiveDash.Benchmarks.Load;

/// <summary>Points sent to a server over HTTP: one alone, or a steady flow of so many a second over several series in bodies of a twentieth of a second.</summary>
internal sealed class PointFlow(ServerUnderLoad server, string prefix, int series, int rate)
{
    private const int BodiesPerSecond = 20;

    /// <summary>A point as a line of NDJSON, at the time it arrives.</summary>
    public static string Line(string series, int value) => string.Create(CultureInfo.InvariantCulture, $"{{\"series\":\"{series}\",\"value\":{value}}}");

    /// <summary>Sends lines; done when they are kept.</summary>
    public static async Task SendAsync(ServerUnderLoad server, string lines)
    {
        using var body = new StringContent(lines, Encoding.UTF8, "application/x-ndjson");
        using var answer = await server.Client.PostAsync(new Uri("/api/points", UriKind.Relative), body);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Sends one point to each series.</summary>
    public Task BeginAsync() => SendAsync(server, string.Join('\n', Enumerable.Range(0, series).Select(i => Line($"{prefix}.{i}", 1))));

    /// <summary>Flows until told to stop; gives back how many points were sent.</summary>
    public async Task<long> RunAsync(CancellationToken stop)
    {
        var body = string.Join('\n', Enumerable.Range(0, rate / BodiesPerSecond).Select(i => Line($"{prefix}.{i % series}", i % 97)));
        var sent = 0L;
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(1000.0 / BodiesPerSecond));
        try
        {
            while (await pace.WaitForNextTickAsync(stop))
            {
                await SendAsync(server, body);
                sent += rate / BodiesPerSecond;
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Measured enough.
        }

        return sent;
    }
}
