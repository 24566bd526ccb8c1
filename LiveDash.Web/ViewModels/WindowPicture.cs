using System.Globalization;
using LiveDash.Core.Windows;

namespace LiveDash.Web.ViewModels;

/// <summary>What a window counts, as a picture: places are shares of the width, 0 at the left. Immutable; pure, time is an argument.</summary>
public sealed record WindowPicture
{
    private const int DotCount = 60;
    private const int MaxBars = 4;

    /// <summary>Nothing.</summary>
    public static WindowPicture Empty { get; } = new();

    /// <summary>The stretches, the one that counts now last.</summary>
    public IReadOnlyList<WindowBar> Bars { get; private init; } = [];

    /// <summary>Points, and whether each counts now.</summary>
    public IReadOnlyList<(double At, bool Counts)> Dots { get; private init; } = [];

    /// <summary>The moments below.</summary>
    public IReadOnlyList<(double At, string Text)> Ticks { get; private init; } = [];

    /// <summary>A point that comes late and still counts, where it is wide enough to be seen.</summary>
    public (double At, string Text)? Late { get; private init; }

    /// <summary>The same in words.</summary>
    public string Text { get; private init; } = "";

    /// <summary>Draws a window.</summary>
    /// <param name="spec">The window.</param>
    /// <param name="lateness">How late a point may come.</param>
    /// <param name="now">UTC ticks.</param>
    /// <param name="local">The reader's clock for a moment.</param>
    public static WindowPicture Of(WindowSpec spec, TimeSpan lateness, long now, Func<long, DateTime> local)
    {
        var text = "Counts " + WindowWords.Describe(spec) + ".";
        if (spec.Kind == WindowKind.Count) return OfCount(spec, text);
        var (from, to, stretches) = Stretches(spec, now);
        double Place(long at) => (at - from) / (double)(to - from);
        string Clock(long at) => local(at).ToString(to - from < TimeSpan.TicksPerMinute * 4 ? "HH:mm:ss" : to - from < TimeSpan.TicksPerDay * 2 ? "HH:mm" : "MM-dd HH:mm", CultureInfo.InvariantCulture);
        var bars = stretches
            .Select((one, i) => new WindowBar(
                Math.Max(0, Place(one.From)), Math.Min(1, Place(one.To)), $"{Clock(one.From)} to {Clock(one.To)}{(i == stretches.Count - 1 ? ", counted now" : "")}", i == stretches.Count - 1))
            .ToList();
        var current = bars[^1];
        var silent = spec.Kind == WindowKind.Session ? (bars[0].To, current.From) : (2, 2);
        var end = Place(now);
        var dots = Enumerable.Range(0, DotCount)
            .Select(i => (i + 0.5 + (0.3 * Math.Sin(i * 7))) / DotCount)
            .Where(at => at <= end && !(at > silent.Item1 + 0.005 && at < silent.Item2 - 0.005))
            .Select(at => (at, at >= current.From && at <= current.To))
            .ToList();
        var lateAt = end - (lateness.Ticks / (double)(to - from));
        return new()
        {
            Bars = bars,
            Dots = dots,
            Ticks = [.. Enumerable.Range(0, 5).Select(i => (i / 4.0, Clock(from + ((to - from) * i / 4))))],
            Late = lateness > TimeSpan.Zero && end - lateAt > 0.02 && lateAt > current.From ? (lateAt, $"{DurationText.Format(lateness)} late, still counts") : null,
            Text = text,
        };
    }

    private static WindowPicture OfCount(WindowSpec spec, string text)
    {
        var first = spec.Points >= DotCount ? 0.42 : 1 - (spec.Points / (double)DotCount);
        return new()
        {
            Bars = [new(first, 1, spec.Points == 1 ? "the newest point" : string.Create(CultureInfo.InvariantCulture, $"the last {spec.Points:N0} points, however long they took"), true)],
            Dots = [.. Enumerable.Range(0, DotCount).Select(i => (i + 0.5) / DotCount).Select(at => (at, at >= first))],
            Ticks = [(0, "older"), (1, "newest")],
            Text = text,
        };
    }

    private static (long From, long To, IReadOnlyList<(long From, long To)> Stretches) Stretches(WindowSpec spec, long now)
    {
        var size = spec.Size.Ticks;
        switch (spec.Kind)
        {
            case WindowKind.Time:
                return (now - (size * 9 / 5), now, [(now - size, now)]);
            case WindowKind.Tumbling:
                var start = now - (now % size);
                return (start - (2 * size), start + size, [(start - (2 * size), start - size), (start - size, start), (start, start + size)]);
            case WindowKind.Hopping:
                var hop = spec.Hop.Ticks;
                var end = now - (now % hop) + hop;
                var bars = (int)Math.Min(MaxBars, (size / hop) + 1);
                var all = Enumerable.Range(0, bars).Select(i => end - ((bars - 1 - i) * hop)).Select(to => (to - size, to)).ToList();
                return (all[0].Item1, end, all);
            default:
                return (now - (size * 12), now, [(now - (size * 12), now - (size * 6)), (now - (size * 9 / 2), now)]);
        }
    }
}
