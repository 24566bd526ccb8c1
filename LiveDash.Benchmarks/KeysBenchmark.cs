using System.Diagnostics;
using System.Globalization;
using System.Text;
using LiveDash.Core.Accounts;
using LiveDash.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LiveDash.Benchmarks;

/// <summary>What it costs that a sender shows a key: the same bodies posted in turns to two servers of this process, one that asks nobody and one with accounts, durably.</summary>
internal sealed class KeysBenchmark : IBenchmark
{
    private const int Rounds = 7;
    private const int Senders = 8;

    /// <inheritdoc/>
    public string Name => "keys";

    /// <inheritdoc/>
    public string About => "POST /api/points with an API key against without, bodies of 1 and of 1,000 lines, in turns";

    /// <inheritdoc/>
    public async Task<int> RunAsync(string[] args)
    {
        await using var open = Build("loopback");
        await using var closed = Build("accounts");
        await open.StartAsync();
        await closed.StartAsync();
        var key = await closed.Services.GetRequiredService<KeyBook>().MakeAsync(new ApiKey { Id = "", Name = "benchmark", Hash = "", Scopes = KeyScope.Ingest }, default);
        using var without = new HttpClient { BaseAddress = new Uri(open.Urls.Single()) };
        using var with = new HttpClient { BaseAddress = new Uri(closed.Urls.Single()) };
        with.DefaultRequestHeaders.Authorization = new("Bearer", key);
        foreach (var (lines, bodies) in new[] { (1, 500), (1_000, 60) })
        {
            var rates = new List<(double Without, double With)>();
            for (var round = -1; round < Rounds; round++)
            {
                var pair = (await RateAsync(without, lines, bodies), await RateAsync(with, lines, bodies));
                if (round >= 0) rates.Add(pair);
            }

            var (a, b) = (Meter.Median([.. rates.Select(static pair => pair.Without)]), Meter.Median([.. rates.Select(static pair => pair.With)]));
            var ratio = Meter.Median([.. rates.Select(static pair => pair.With / pair.Without)]);
            Console.WriteLine($"{lines:N0} lines a body, {Senders} connections: {a:N0} points/s without, {b:N0} with a key; with is {ratio:F2} times without");
        }

        await open.StopAsync();
        await closed.StopAsync();
        return 0;
    }

    private static WebApplication Build(string mode)
    {
        var directory = Directory.CreateTempSubdirectory("livedash-keys-").FullName;
        return LiveDashApp.Build(
            ["--urls", "http://127.0.0.1:0", $"--LiveDash:DataDirectory={directory}", "--LiveDash:HostMetrics:Enabled=false", $"--LiveDash:Security:Mode={mode}",
             "--LiveDash:Listeners:OtlpGrpc:Endpoint=", "--LiveDash:Listeners:OtlpHttp:Endpoint=", "--LiveDash:Listeners:Tcp:Endpoint=", "--LiveDash:Listeners:Graphite:Endpoint=",
             "--LiveDash:Listeners:GraphitePickle:Endpoint=", "--LiveDash:Listeners:Statsd:Endpoint=", "--LiveDash:Listeners:InfluxUdp:Endpoint=", "--LiveDash:Listeners:Mqtt:Endpoint="],
            static builder => builder.Logging.SetMinimumLevel(LogLevel.Error));
    }

    private static async Task<double> RateAsync(HttpClient client, int lines, int bodies)
    {
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, Senders).Select(sender => Task.Run(async () =>
        {
            for (var i = 0; i < bodies; i++)
            {
                using var content = new ByteArrayContent(Body(sender, lines));
                content.Headers.ContentType = new("application/x-ndjson");
                using var answer = await client.PostAsync(new Uri("/api/points", UriKind.Relative), content);
                answer.EnsureSuccessStatusCode();
            }
        })));
        return (double)lines * bodies * Senders / clock.Elapsed.TotalSeconds;
    }

    private static byte[] Body(int sender, int lines)
    {
        var body = new StringBuilder();
        for (var i = 0; i < lines; i++) body.Append(CultureInfo.InvariantCulture, $"{{\"series\":\"keys.{sender}\",\"value\":{i}}}\n");
        return Encoding.UTF8.GetBytes(body.ToString());
    }
}
