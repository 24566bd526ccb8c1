using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Simulation;

/// <summary>Sends points to a server that is killed meanwhile, and knows outside of it which ones were acknowledged.</summary>
internal sealed class KillLedger
{
    private const int Senders = 4;
    private const int PointsPerBody = 250;

    private readonly ConcurrentDictionary<long, byte> _acknowledged = new();
    private readonly ConcurrentDictionary<long, byte> _sent = new();
    private long _nextValue;

    /// <summary>How many rounds: those that the environment asks for, else three.</summary>
    public static int Rounds => Environment.GetEnvironmentVariable("LIVEDASH_KILL_ROUNDS") is { } asked ? int.Parse(asked, CultureInfo.InvariantCulture) : 3;

    /// <summary>Fails unless every round brought points.</summary>
    public void AssertEnough(int rounds) => Assert.True(_acknowledged.Count > rounds * PointsPerBody, $"only {_acknowledged.Count} points were acknowledged");

    /// <summary>Sends until so many bodies were acknowledged, and kills the server in the middle.</summary>
    public async Task SendAndKillAsync(ServerProcess server, int bodies)
    {
        var enough = new TaskCompletionSource();
        var left = bodies;
        var senders = Enumerable.Range(0, Senders).Select(sender => Task.Run(async () =>
        {
            while (await TrySendAsync(server.Client, sender))
            {
                if (Interlocked.Decrement(ref left) == 0) enough.SetResult();
            }
        })).ToList();
        await enough.Task.WaitAsync(TimeSpan.FromSeconds(60));
        await server.KillAsync();
        await Task.WhenAll(senders);
    }

    // False once the server is gone.
    private async Task<bool> TrySendAsync(HttpClient client, int sender)
    {
        var first = Interlocked.Add(ref _nextValue, PointsPerBody) - PointsPerBody;
        var text = new StringBuilder();
        for (var value = first; value < first + PointsPerBody; value++)
        {
            _sent[value] = 0;
            text.Append(CultureInfo.InvariantCulture, $$"""{"series":"kill.{{sender}}","tags":{"n":"{{value % 7}}"},"t":{{1_790_000_000_000 + value}},"value":{{value}}}""").Append('\n');
        }

        try
        {
            using var body = new StringContent(text.ToString(), Encoding.UTF8, "application/x-ndjson");
            using var answer = await client.PostAsync(new Uri("/api/points", UriKind.Relative), body);
            // Not before the whole acknowledgement has been read is it one.
            var said = await answer.Content.ReadAsStringAsync();
            if (answer.StatusCode == HttpStatusCode.TooManyRequests) return true;
            Assert.True(answer.StatusCode == HttpStatusCode.OK && said.Contains($"\"accepted\":{PointsPerBody}", StringComparison.Ordinal), said);
            for (var value = first; value < first + PointsPerBody; value++) _acknowledged[value] = 0;
            return true;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    /// <summary>Every acknowledged point is there, once, and none that nobody sent.</summary>
    public async Task AssertKeptAsync(ServerProcess server, string when)
    {
        var text = await server.Client.GetStringAsync(new Uri("/api/points?series=kill.*&fields=value", UriKind.Relative));
        var kept = text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(static line => long.Parse(line.AsSpan(9, line.Length - 10), CultureInfo.InvariantCulture))
            .ToList();
        var distinct = kept.ToHashSet();
        var lost = _acknowledged.Keys.Count(value => !distinct.Contains(value));
        Assert.True(lost == 0, $"{lost} of {_acknowledged.Count} acknowledged points were lost {when}");
        Assert.Equal(kept.Count, distinct.Count);
        Assert.True(distinct.IsSubsetOf(_sent.Keys), $"points that nobody sent are there {when}");
        Assert.Contains("\"ready\"", await server.Client.GetStringAsync(new Uri("/readyz", UriKind.Relative)), StringComparison.Ordinal);
    }
}
