using LiveDash.Core.Alerts;
using LiveDash.Core.Rules;
using LiveDash.Tests.Shared;
using LiveDash.Web.ViewModels;

namespace LiveDash.Tests.Web.Alerts;

public sealed class AlertListViewTests
{
    private static readonly Alert[] s_alerts =
    [
        SampleAlerts.Firing("disk", "disk.used_percent{host=a}", Severity.Critical, 10),
        SampleAlerts.Firing("disk", "disk.used_percent{host=b}", Severity.Critical, 30) with { IsSilenced = true },
        SampleAlerts.Firing("cpu", "cpu.load", Severity.Warning, 20) with { State = AlertState.Pending, Episode = null, ActiveAt = 50 * TimeSpan.TicksPerSecond },
        SampleAlerts.Firing("net", "net.errors", Severity.Info, 40) with { State = AlertState.Recovering },
    ];

    private static readonly Episode s_past = new()
    {
        Id = "e1", AlertId = "a1", RuleId = "gone", RuleName = "Gone rule", Series = "cpu.load", Severity = Severity.Warning,
        FiredAt = 5 * TimeSpan.TicksPerSecond, ResolvedAt = 9 * TimeSpan.TicksPerSecond, Reason = "deleted", Peak = 88,
    };

    [Fact]
    public void Counts_EachTab_AreThoseOfItsList()
    {
        var counts = View(new()).Counts;

        Assert.Equal([4, 1, 1, 1, 1, 1], Enum.GetValues<AlertTab>().Select(tab => counts[tab]));
        foreach (var tab in Enum.GetValues<AlertTab>()) Assert.Equal(counts[tab], View(new() { Tab = tab }).Total);
    }

    [Theory]
    [InlineData(AlertOrder.Severity, "disk b,disk a,cpu,net")]
    [InlineData(AlertOrder.Newest, "cpu,net,disk b,disk a")]
    [InlineData(AlertOrder.Longest, "disk a,disk b,net,cpu")]
    [InlineData(AlertOrder.Name, "cpu,disk a,disk b,net")]
    public void Items_Order_IsAsAsked(AlertOrder order, string expected) =>
        Assert.Equal(expected, string.Join(',', Items(View(new() { Order = order })).Select(Short)));

    [Theory]
    [InlineData("DISK", 2)]
    [InlineData("disk host=b", 1)]
    [InlineData("critical", 2)]
    [InlineData("nothing", 0)]
    public void Items_Searched_HaveEveryWord(string text, int count) => Assert.Equal(count, View(new() { Text = text }).Total);

    [Theory]
    [InlineData(AlertGrouping.None, "")]
    [InlineData(AlertGrouping.Rule, "disk,cpu,net")]
    [InlineData(AlertGrouping.Severity, "Critical,Warning,Info")]
    [InlineData(AlertGrouping.Series, "disk.used_percent,cpu.load,net.errors")]
    public void Groups_ByWhat_HaveTheirHeadings(AlertGrouping grouping, string headings) =>
        Assert.Equal(headings, string.Join(',', View(new() { Grouping = grouping }).Groups.Select(static g => g.Title)));

    [Fact]
    public void Recent_EpisodeOfADeletedRule_IsStillTold()
    {
        var item = Assert.Single(Items(View(new() { Tab = AlertTab.Recent })));

        Assert.Equal(("Gone rule", "88", "deleted", false), (item.RuleName, item.Figure, item.Reason, item.CanAcknowledge));
    }

    [Fact]
    public void Items_TooMany_AreCountedNotShown()
    {
        var many = Enumerable.Range(0, AlertListView.MaxItems + 5).Select(i => SampleAlerts.Firing("r", $"s{i}")).ToList();

        var view = AlertListView.Of(many, [], RuleSet.Empty, new());

        Assert.Equal((AlertListView.MaxItems, AlertListView.MaxItems + 5), (Items(view).Count(), view.Total));
    }

    [Theory]
    [InlineData(0.2, "200 ms")]
    [InlineData(59.9, "59 s")]
    [InlineData(200, "3 min 20 s")]
    [InlineData(7500, "2 h 5 min")]
    [InlineData(180_000, "2 d 2 h")]
    public void Length_OfAnEpisode_IsAsAPersonSaysIt(double seconds, string text) => Assert.Equal(text, EpisodeWords.Length((long)(seconds * TimeSpan.TicksPerSecond)));

    private static AlertListView View(AlertListQuery query) => AlertListView.Of(s_alerts, [s_past], RuleSet.Empty, query);

    private static IEnumerable<AlertListItem> Items(AlertListView view) => view.Groups.SelectMany(static group => group.Items);

    private static string Short(AlertListItem item) => item.RuleName + (item.Series.Contains("host", StringComparison.Ordinal) ? " " + item.Series[^2] : "");
}
