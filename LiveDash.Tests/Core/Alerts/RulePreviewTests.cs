using LiveDash.Core.Alerts;
using LiveDash.Core.Alerts.Preview;
using LiveDash.Core.Model;
using LiveDash.Core.Rules;
using LiveDash.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;

namespace LiveDash.Tests.Core.Alerts;

public sealed class RulePreviewTests
{
    [Fact]
    public async Task Preview_WithColumns_DrawsTheJudgedFigureAndTellsTheHighestSeverity()
    {
        await using var app = await LiveApp.StartAsync();
        var start = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        await app.PostAsync(Enumerable.Range(0, 100).Select(i =>
            $$"""{"series":"drawn","t":"{{start.AddSeconds(i):O}}","value":{{(i is >= 20 and < 40 ? 99 : i is >= 40 and < 60 ? 85 : 10)}}}"""));
        var rule = SampleAlerts.Rule("preview", "last(drawn, 1) > 80 critical 95");
        var range = new TimeRange(start.Ticks, start.AddSeconds(100).Ticks);

        var result = await app.Services.GetRequiredService<RulePreview>().RunAsync(rule, range, CancellationToken.None, columns: 50);

        var episode = Assert.Single(result.Episodes);
        // It ends as a warning; the worst it has been is what it is told by.
        Assert.Equal((Severity.Critical, start.AddSeconds(20).Ticks, start.AddSeconds(60).Ticks), (episode.Severity, episode.From, episode.To));
        var line = Assert.Single(result.Lines);
        Assert.Equal(("drawn", 50, 10.0, 99.0), (line.Series, line.Columns.Count, line.Columns.Min(static c => c.Min), line.Columns.Max(static c => c.Max)));
    }
}
