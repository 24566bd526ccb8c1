using System.Globalization;
using LiveDash.Core.Model;
using LiveDash.Core.Windows;

namespace LiveDash.Web.ViewModels;

/// <summary>
/// What stretch of time a page shows: the newest <see cref="Span"/>, live, or a fixed <see cref="Past"/> range from the store. Immutable.
/// In an address it is <c>?last=15m</c>, or <c>?from=2026-01-01T00:00:00Z&amp;to=...</c>.
/// </summary>
public sealed record ViewRange
{
    /// <summary>The live spans that are one click away.</summary>
    public static IReadOnlyList<TimeSpan> Choices { get; } =
    [
        TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromHours(1), TimeSpan.FromHours(6), TimeSpan.FromHours(24),
        TimeSpan.FromDays(7), TimeSpan.FromDays(30),
    ];

    /// <summary>What a page shows at first: the last five minutes.</summary>
    public static ViewRange Initial { get; } = new() { Span = TimeSpan.FromMinutes(5) };

    /// <summary>How far back; the length of the range where it is a past one.</summary>
    public required TimeSpan Span { get; init; }

    /// <summary>The range, or null while live.</summary>
    public TimeRange? Past { get; init; }

    /// <summary>True while new points come in.</summary>
    public bool IsLive => Past is null;

    /// <summary>A live range.</summary>
    public static ViewRange Live(TimeSpan span) => new() { Span = span };

    /// <summary>A past range; null where it is empty or reversed.</summary>
    public static ViewRange? Between(DateTimeOffset from, DateTimeOffset to) =>
        to > from ? new() { Span = to - from, Past = new TimeRange(from.UtcTicks, to.UtcTicks) } : null;

    /// <summary>Reads an address's parameters; what is not understood gives <see cref="Initial"/>.</summary>
    public static ViewRange Parse(string? last, string? from, string? to)
    {
        if (TryTime(from, out var begin) && TryTime(to, out var end) && Between(begin, end) is { } past) return past;
        return DurationText.TryParse(last, out var span) && span >= TimeSpan.FromSeconds(10) && span <= TimeSpan.FromDays(31) ? Live(span) : Initial;
    }

    /// <summary>The parameters for an address; null for those to leave out.</summary>
    public IReadOnlyDictionary<string, object?> ToQuery() => new Dictionary<string, object?>
    {
        ["last"] = IsLive && Span != Initial.Span ? DurationText.Format(Span) : null,
        ["from"] = Past is { } past ? Iso(past.From) : null,
        ["to"] = Past is { } until ? Iso(until.To) : null,
    };

    private static string Iso(long ticks) => new DateTime(ticks, DateTimeKind.Utc).ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture);

    private static bool TryTime(string? text, out DateTimeOffset time) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time);
}
