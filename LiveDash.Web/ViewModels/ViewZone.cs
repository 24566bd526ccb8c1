using System.Globalization;

namespace LiveDash.Web.ViewModels;

/// <summary>
/// The time zone that everything is shown in, one a circuit: the browser's own, UTC or a named one. The app bar writes it; tables, charts and texts read
/// it and follow <see cref="Changed"/>. Scripts read the same choice by <c>liveDash.zone()</c> and follow the event <c>livedash:zone</c>.
/// To be used on the circuit's own thread.
/// </summary>
public sealed class ViewZone
{
    /// <summary>The choice that follows the browser.</summary>
    public const string OfBrowser = "browser";

    /// <summary>The choice of UTC.</summary>
    public const string Utc = "UTC";

    private TimeZoneInfo _browser = TimeZoneInfo.Utc;

    /// <summary>Another zone.</summary>
    public event Action? Changed;

    /// <summary><see cref="OfBrowser"/>, <see cref="Utc"/> or a name of the IANA database such as <c>Europe/Berlin</c>.</summary>
    public string Choice { get; private set; } = OfBrowser;

    /// <summary>The zone in force; UTC until the browser has told its own.</summary>
    public TimeZoneInfo Zone { get; private set; } = TimeZoneInfo.Utc;

    /// <summary>What the app bar says: <c>UTC</c>, or the last part of the zone's name, such as <c>Berlin</c>.</summary>
    public string Label => Short(Zone.Id);

    /// <summary>The browser's own zone; UTC until it has told it.</summary>
    public string BrowserZone => _browser.Id;

    /// <summary>Every named zone of this machine, by name.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. TimeZoneInfo.GetSystemTimeZones().Select(static zone => zone.Id).Where(static id => id.Contains('/', StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    /// <summary>Takes the browser's own zone; an unknown one counts as UTC.</summary>
    public void TellBrowser(string? id)
    {
        _browser = Find(id) ?? TimeZoneInfo.Utc;
        Apply(Choice);
    }

    /// <summary>Chooses; false, and nothing changes, where there is no such zone.</summary>
    public bool TryChoose(string? choice)
    {
        if (choice != OfBrowser && Find(choice) is null) return false;
        Apply(choice!);
        return true;
    }

    /// <summary>A moment (UTC ticks) in the zone, such as <c>2026-11-29 20:14:05</c>.</summary>
    public string Text(long utcTicks) => Local(utcTicks).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>A moment's time of day in the zone, such as <c>20:14:05</c>.</summary>
    public string TimeText(long utcTicks) => Local(utcTicks).ToString("HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>A range in the zone; the day is said where it is not the reader's own today, and once where both ends share it.</summary>
    /// <param name="from">Where it begins, UTC ticks.</param>
    /// <param name="to">Where it ends, UTC ticks.</param>
    /// <param name="now">Decides what today is.</param>
    public string RangeText(long from, long to, long now)
    {
        var (begin, end, today) = (Local(from), Local(to), Local(now).Date);
        var seconds = begin.Second != 0 || end.Second != 0;
        var first = End(begin, begin.Date != today, seconds);
        return $"{first} to {End(end, end.Date != begin.Date, seconds)}";
    }

    /// <summary>A moment in the zone.</summary>
    public DateTime Local(long utcTicks) => TimeZoneInfo.ConvertTimeFromUtc(new DateTime(utcTicks, DateTimeKind.Utc), Zone);

    /// <summary>The moment that a clock of the zone shows so; of an hour that comes twice the first, of one that is left out the moment the clocks change.</summary>
    public DateTimeOffset FromLocal(DateTime local)
    {
        var unspecified = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        while (Zone.IsInvalidTime(unspecified)) unspecified = unspecified.AddMinutes(1);
        var offset = Zone.IsAmbiguousTime(unspecified) ? Zone.GetAmbiguousTimeOffsets(unspecified).Max() : Zone.GetUtcOffset(unspecified);
        return new DateTimeOffset(unspecified, offset);
    }

    /// <summary>The last part of a zone's name, with spaces.</summary>
    public static string Short(string id) => id[(id.LastIndexOf('/') + 1)..].Replace('_', ' ');

    private static string End(DateTime time, bool day, bool seconds) =>
        time.ToString((day ? "yyyy-MM-dd " : "") + (seconds ? "HH:mm:ss" : "HH:mm"), CultureInfo.InvariantCulture);

    private static TimeZoneInfo? Find(string? id) => id is { Length: > 0 and < 64 } && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) ? zone : null;

    private void Apply(string choice)
    {
        var zone = choice == OfBrowser ? _browser : Find(choice)!;
        if (choice == Choice && zone.Id == Zone.Id) return;
        (Choice, Zone) = (choice, zone);
        Changed?.Invoke();
    }
}
