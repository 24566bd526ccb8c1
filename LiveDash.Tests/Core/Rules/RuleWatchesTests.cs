using LiveDash.Core.Model;
using LiveDash.Core.Rules;
using LiveDash.Web.ViewModels;

namespace LiveDash.Tests.Core.Rules;

/// <summary>Which series a rule is said to watch: on the page of a series, and among those that use a window.</summary>
public sealed class RuleWatchesTests
{
    [Theory]
    [InlineData("livedash", "mean(shop.latency_ms{host=*}, 30s) > 250", true)]
    [InlineData("livedash", "mean(shop.errors, 1m) > 3 and max(shop.latency_ms{host=web-1}, 30s) > 250", true)]
    [InlineData("livedash", "mean(shop.latency_ms{host=web-2}, 30s) > 250", false)]
    [InlineData("promql", "sum(rate(shop_errors_total[1m])) / sum(rate(shop_requests_total[1m])) > 0.05", false)]
    [InlineData("promql", "shop_errors_total > 3 and on() {__name__=\"shop.latency_ms\", host=~\"web-.*\"} > 250", true)]
    [InlineData("promql", "{host=\"web-1\"} > 250", true)]
    [InlineData("promql", "{host=\"web-2\"} > 250", false)]
    [InlineData("promql", "vector(1) > 0", false)]
    public void Watches_ASeries_IsWhatItsConditionsOrSelectorsChoose(string language, string expr, bool watches)
    {
        Assert.True(SeriesKey.TryParse("shop.latency_ms{host=web-1}", out var series));
        var rule = Rule(expr, language);
        Assert.Equal(watches, rule.Watches(series!));
        Assert.Equal(watches ? 1 : 0, WindowUsers.Of([series!], false, new RuleSet([rule]), []).Count);
    }

    private static RuleModel Rule(string expr, string language) =>
        RuleReader.TryRead(new RuleConfig { Id = "r", Name = "r", Expr = expr, Language = language }, out var rule, out var faults)
            ? rule
            : throw new ArgumentException(string.Join(' ', faults.Select(static fault => fault.Detail)), nameof(expr));
}
