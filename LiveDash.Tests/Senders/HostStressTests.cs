using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Senders;

/// <summary>This machine under Debian's stress-ng, and what LiveDash says of itself under promtool.</summary>
public sealed class HostStressTests
{
    [ToolFact("stress-ng")]
    public async Task Processes_UnderStress_NameWhatIsBusy()
    {
        await using var app = await LiveApp.StartAsync(settings: ["--LiveDash:HostMetrics:Enabled=true", "--LiveDash:HostMetrics:IntervalMs=200"]);
        await using var stress = Tool.Start("stress-ng", ["--cpu", "1", "--timeout", "120s"]);
        await Wait.UntilAsync(
            async () => System.Text.RegularExpressions.Regex.IsMatch(await app.Client.GetStringAsync(new Uri("/api/points?series=process.cpu_percent%7Bname%3Dstress-ng*%7D", UriKind.Relative)), "\"value\":[1-9]"),
            "its processor time is told by its name", TimeSpan.FromMinutes(2));
        Assert.DoesNotContain("--timeout", await app.GetAsync("/api/series"), StringComparison.Ordinal);
    }

    [ToolFact("promtool")]
    public async Task Metrics_OfItsOwn_AreSoundForPromtool()
    {
        await using var app = await LiveApp.StartAsync();
        await app.PostAsync("""{"series":"a","value":1}""");
        using var directory = new TempDirectory();
        var file = Path.Combine(directory.Path, "metrics");
        await File.WriteAllTextAsync(file, await app.GetAsync("/metrics"));
        // 3 is advice on names, 1 is text that is no exposition.
        await Tool.RunAsync("bash", "-c", $"promtool check metrics < '{file}'; test $? -ne 1");
    }
}
