using System.Net;
using System.Text.RegularExpressions;
using LiveDash.Core.Diagnostics;
using LiveDash.Tests.Architecture;
using LiveDash.Tests.Shared;
using LiveDash.Tests.Shared.MongoDouble;
using LiveDash.Web.Security.Circuits;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace LiveDash.Tests.Regressions;

/// <summary>Every loop that the code starts is killed once by a test: those of <see cref="LoopFaultTests"/> on a clock that stands still, and here those that need something else to be there.</summary>
public sealed partial class LoopListTests
{
    // Killed below.
    private static readonly string[] s_here = ["audit", "collection readings", "ends of sessions", "engine start", "forgotten passwords", "plot queue", "rules"];

    [Fact]
    public void Loops_InTheCode_AreEachKilledByATest()
    {
        var names = SourceTree.Files(".cs").Where(static file => file.Path.StartsWith("LiveDash.Core/", StringComparison.Ordinal) || file.Path.StartsWith("LiveDash.Web/", StringComparison.Ordinal))
            .SelectMany(static file => Started().Matches(file.Text)).Select(static match => "^" + Hole().Replace(match.Groups["name"].Value, ".+") + (match.Groups["more"].Success ? ".+$" : "$")).Distinct().ToList();
        Assert.True(names.Count > 20, "The code starts more loops than were found: " + string.Join(", ", names));
        string[] killed = [.. LoopFaultTests.Killed, .. s_here];

        var alive = names.Where(name => !killed.Any(one => Regex.IsMatch(one, name))).ToList();

        Assert.True(alive.Count == 0, "No test kills: " + string.Join(", ", alive));
    }

    [Fact]
    public void BackgroundServices_InTheCode_RunUnderSupervision()
    {
        var alone = SourceTree.Files(".cs").Where(static file => Service().IsMatch(file.Text) && !file.Path.StartsWith("LiveDash.Tests/", StringComparison.Ordinal) && !file.Text.Contains("LoopSupervisor", StringComparison.Ordinal))
            .Select(static file => file.Path).ToList();

        Assert.True(alone.Count == 0, "An exception in these ends the process: " + string.Join(", ", alone));
    }

    // They run once, at the start and when rules change: killed before they begin.
    [Fact]
    public async Task LoopsThatEnd_KilledAtTheirBeginning_BeginAnew()
    {
        await using var app = await LiveApp.StartAsync(static builder => builder.Services.AddSingleton(static _ =>
        {
            var loops = new LoopSupervisor(TimeProvider.System, NullLogger<LoopSupervisor>.Instance);
            loops["engine start"].FailNext(new InvalidOperationException("killed by the test"));
            loops["rules"].FailNext(new InvalidOperationException("killed by the test"));
            return loops;
        }));
        await SaveRuleAsync(app);
        var loops = app.Services.GetRequiredService<LoopSupervisor>();
        await Wait.UntilAsync(() => loops.Status.Where(static loop => loop.Name is "engine start" or "rules").All(static loop => loop is { Faults: 1, IsDegraded: false }), "both have failed once and gone on");
        await app.PostAsync("""{"series":"moved","value":100}""");
        await Wait.UntilAsync(async () => (await app.GetAsync("/api/alerts")).Contains("moved", StringComparison.Ordinal), "the rule is judged");
    }

    [Theory]
    [InlineData("audit")]
    [InlineData("ends of sessions")]
    [InlineData("forgotten passwords")]
    public async Task LoopOfAccounts_KilledOnce_GoesOn(string name)
    {
        var time = new ManualTime();
        await using var accounts = await AccountsApp.StartAsync(services => services.AddSingleton<TimeProvider>(time));
        var loop = accounts.App.Services.GetRequiredService<LoopSupervisor>()[name];
        await Wait.UntilAsync(() => loop.IsRunning, "it runs");
        loop.FailNext(new InvalidOperationException("killed by the test"));
        await Wait.UntilAsync(() => loop.Status.IsDegraded, "it has failed");
        Assert.Contains(name, await accounts.App.GetAsync("/readyz"), StringComparison.Ordinal);
        await Wait.UntilAsync(
            () =>
            {
                time.Advance(LiveEnds.Period);
                return loop is { IsRunning: true, Status.IsDegraded: false };
            },
            "it goes on");
    }

    [Fact]
    public async Task Collection_KilledOnce_GoesOn()
    {
        await using var server = new MongoDoubleServer();
        await using var app = await LiveApp.StartAsync(settings: "--LiveDash:Connections:lab=" + server.Address("lab"));
        using var body = new StringContent("""{"connections":[],"collections":[{"name":"readings","connection":"lab","collection":"readings","time":"t","values":["v"],"series":"readings","mode":"follow"}]}""");
        using var saved = await app.Client.PutAsync(new Uri("/api/settings/collections", UriKind.Relative), body);
        Assert.True(saved.StatusCode == HttpStatusCode.OK, await saved.Content.ReadAsStringAsync());
        await KillAsync(app, "collection readings");
    }

    [RedisFact]
    public async Task PlotQueue_KilledOnce_GoesOn()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var app = await LiveApp.StartAsync(settings: $"--LiveDash:Jobs:Redis={redis.Address}");
        await KillAsync(app, "plot queue");
    }

    // Nothing of LiveDash has failed: it says all the same what is not done meanwhile.
    [Fact]
    public async Task Ready_SourceAndReceiverAway_NamesThemUntilTheyAreGone()
    {
        await using var app = await LiveApp.StartAsync();
        await SourceCalls.PutAsync(app, "away", "redis", ("connection", "127.0.0.1:1"), ("stream", "metrics"));
        await SourceCalls.PutAsync(app, "onward", "forward-livedash", ("url", "http://127.0.0.1:1"));
        await Wait.UntilAsync(
            async () =>
            {
                // What comes before the way onward is there is not for it.
                await app.PostAsync("""{"series":"moved","value":1}""");
                return await app.GetAsync("/readyz") is var ready && ready.Contains("\"source away\":\"degraded: ", StringComparison.Ordinal) && ready.Contains("\"source onward\":\"degraded: ", StringComparison.Ordinal);
            },
            "both are named");
        Assert.Contains("\"status\":\"degraded\"", await app.GetAsync("/readyz"), StringComparison.Ordinal);
        foreach (var name in (string[])["away", "onward"]) (await app.Client.DeleteAsync(new Uri("/api/settings/sources/" + name, UriKind.Relative))).Dispose();
        await Wait.UntilAsync(async () => (await app.GetAsync("/readyz")).Contains("\"status\":\"ready\"", StringComparison.Ordinal), "nothing is wrong any more");
    }

    private static async Task KillAsync(LiveApp app, string name)
    {
        var loop = app.Services.GetRequiredService<LoopSupervisor>()[name];
        await Wait.UntilAsync(() => loop.IsRunning, "it runs");
        loop.FailNext(new InvalidOperationException("killed by the test"));
        await Wait.UntilAsync(() => loop is { Status: { Faults: 1, IsDegraded: false }, IsRunning: true }, $"'{name}' has failed once and goes on");
    }

    private static async Task SaveRuleAsync(LiveApp app)
    {
        using var rule = new StringContent("""{"name":"moved","expr":"last(moved, 1) > 50"}""");
        using var put = await app.Client.PutAsync(new Uri("/api/rules/moved", UriKind.Relative), rule);
        Assert.True(put.IsSuccessStatusCode);
    }

    [GeneratedRegex("""[lL]oops\.Run(?:Async)?\(\s*\$?"(?<name>[^"]+)"(?<more>\s*\+)?""")]
    private static partial Regex Started();

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Hole();

    [GeneratedRegex(@"class \w+[^{;]*\b: BackgroundService\b", RegexOptions.Singleline)]
    private static partial Regex Service();
}
