using LiveDash.Core.Alerts;
using LiveDash.Core.Notifications;
using LiveDash.Core.Rules;
using LiveDash.Web.ViewModels;

namespace LiveDash.Tests.Web.Alerts;

public sealed class EpisodeHistoryTests
{
    private static readonly Episode s_episode = new()
    {
        Id = "e", AlertId = "a", RuleId = "hot", RuleName = "hot", Series = "cpu.load", FiredAt = 10,
        Events = [new(10, AlertEventKind.Fired, 97, "critical"), new(30, AlertEventKind.Resolved, 7, "cleared")],
    };

    [Fact]
    public void Of_ToldAtEachTurn_IsInTheOrderOfTime()
    {
        var lines = EpisodeHistory.Of(s_episode, [Telling(12, "firing"), Telling(32, "resolved", 3)], [], [], ValueUnit.Number);

        Assert.Equal(
            ["Fired, critical at 97", "ops was told that it fires", "Resolved: back within bounds at 7", "ops was told that it is over, after 3 attempts"],
            lines.Select(static line => line.Text));
        Assert.Equal(["fired", "told", "resolved", "told"], lines.Select(static line => line.Mark));
    }

    [Fact]
    public void Of_GivenUp_SaysWhy()
    {
        var line = EpisodeHistory.Of(s_episode, [Telling(40, "firing") with { IsUndelivered = true, Error = "The receiver answered 404" }], [], [], ValueUnit.Number)[^1];

        Assert.Equal(("untold", "ops was not told that it fires: given up after one attempt", "The receiver answered 404"), (line.Mark, line.Text, line.Detail));
    }

    [Fact]
    public void Of_StillWaiting_SaysWhatWentWrongAndWhenItIsTriedAgain()
    {
        var delivery = Delivery() with { Attempts = 2, NextAt = 99, Error = "Connection refused" };

        var line = EpisodeHistory.Of(s_episode, [], [delivery], [], ValueUnit.Number)[^1];

        Assert.Equal(("telling", "ops is to be told that it fires; 2 attempts so far", "Connection refused", 99L), (line.Mark, line.Text, line.Detail, line.NextAt));
    }

    [Fact]
    public void Of_OtherEpisodes_AreLeftOut()
    {
        var other = Delivery() with { Notices = [Notice() with { Episode = "other" }] };

        Assert.Equal(2, EpisodeHistory.Of(s_episode, [], [other], [Notice() with { Episode = "other" }], ValueUnit.Number).Count);
    }

    [Fact]
    public void Of_PlannedAndRepeated_IsSaid() => Assert.Equal(
        ["ops is about to be told that it fires", "ops is about to be told again that it fires"],
        EpisodeHistory.Of(s_episode, [], [], [Notice(), Notice() with { Number = 2 }], ValueUnit.Number).Where(static line => line.Mark == "telling").Select(static line => line.Text));

    private static Telling Telling(long at, string kind, int attempts = 1) =>
        new() { Key = $"e:ops:{kind}:1", Channel = "ops", At = at, Attempts = attempts, Notices = [new ToldNotice("e", kind, 1)] };

    private static Delivery Delivery() => new() { Key = "k", Channel = "ops", RuleId = "hot", Notices = [Notice()], Sequence = 1, MadeAt = 50 };

    private static Notice Notice() => new()
    {
        Episode = "e", Channel = "ops", Kind = "firing", Number = 1, AlertId = "a", RuleId = "hot", Rule = "hot", Series = "cpu.load", Severity = Severity.Critical, PlannedAt = 50,
    };
}
