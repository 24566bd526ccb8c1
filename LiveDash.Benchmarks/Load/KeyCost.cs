using LiveDash.Benchmarks.Proofs;
using LiveDash.Core.Accounts;

namespace LiveDash.Benchmarks.Load;

/// <summary>What a key costs the senders: the same load on a server that asks nobody who they are and on one whose senders each show a key, in turns within one run.</summary>
internal static class KeyCost
{
    private const int Rounds = 5;

    /// <summary>Measures and prints it.</summary>
    /// <param name="seconds">How long each server is loaded in a round.</param>
    /// <param name="senders">How many connections.</param>
    /// <param name="wanted">Points a second; 0 for all that goes.</param>
    public static async Task RunAsync(int seconds, int senders, int wanted)
    {
        var key = "";
        await using var plain = await ServerUnderLoad.StartLiveDashAsync("--LiveDash:HostMetrics:Enabled=false");
        await using var keyed = await ServerUnderLoad.StartLiveDashAsync(async directory => key = await MakeAsync(directory), "--LiveDash:HostMetrics:Enabled=false", "--LiveDash:Security:Mode=accounts");
        using (var without = await keyed.Client.PostAsync(new Uri("/api/points", UriKind.Relative), new StringContent("{}")))
        {
            if ((int)without.StatusCode != 401) throw new InvalidOperationException($"Without a key the server answered {(int)without.StatusCode}: nothing would be measured.");
        }

        keyed.Client.DefaultRequestHeaders.Add("Authorization", "Bearer " + key);
        ServerUnderLoad[] servers = [plain, keyed];
        var (rates, costs, answers) = (new List<double>[] { [], [] }, new List<double>[] { [], [] }, new List<double>[] { [], [] });
        for (var round = -1; round < Rounds; round++)
        {
            // Each goes first as often as the other, as far as an odd number lets it.
            for (var turn = 0; turn < servers.Length; turn++)
            {
                var i = (turn + round + 1) % servers.Length;
                var load = new PostLoad(servers[i], senders) { FirstTime = 1_100_000_000_000 + ((round + 1) * 50_000_000_000L) };
                var cpu = servers[i].Cpu;
                var took = await load.RunAsync(TimeSpan.FromSeconds(seconds), wanted);
                if (load.Acknowledged == 0) throw new InvalidOperationException("Nothing was acknowledged.");
                if (round < 0) continue;
                rates[i].Add(load.Acknowledged / took.TotalSeconds);
                costs[i].Add((servers[i].Cpu - cpu).TotalSeconds * 1e9 / load.Acknowledged);
                answers[i].Add(load.Percentile(50));
            }
        }

        var (rate, cost, answer) = (Of(rates), Of(costs), Of(answers));
        Console.WriteLine(
            $"POST /api/points, 1,000 lines a body, {senders} connections: {rate[0]:N0} points/s without a key, {rate[1]:N0} with one, {rate[1] / rate[0]:F3} times; "
            + $"processor {cost[0]:F0} and {cost[1]:F0} ns a point, {cost[1] / cost[0]:F3} times; acknowledged after {answer[0]:F1} and {answer[1]:F1} ms at p50 (medians of {Rounds} rounds in turns)");
    }

    private static double[] Of(List<double>[] found) => [.. found.Select(static one => Meter.Median([.. one]))];

    private static async Task<string> MakeAsync(string directory)
    {
        await using var store = ProofStore.At(directory, sealPoints: 1 << 20);
        await store.Points.OpenAsync(default);
        using var keys = new KeyBook(store.Documents, store.Catalog);
        return await keys.MakeAsync(new ApiKey { Id = "", Name = "load", Hash = "", Scopes = KeyScope.Ingest, Series = ["*"] }, default);
    }
}
