using System.Globalization;
using LiveDash.Core.Model;

namespace LiveDash.Core.Storage;

/// <summary>
/// Which series are downsampled as they grow old, and how: <c>raw for 7d, 1m for 90d, 1h for 2y</c> keeps points as they came for a week, after that for each minute the last point with the least, the greatest,
/// the sum and the number of all, after 90 days the same for each hour, and nothing older than two years. The first pattern that matches a series counts. Immutable, so safe on any thread.
/// </summary>
public sealed class StorageTiers
{
    /// <summary>How many patterns there may be.</summary>
    public const int MaxPatterns = 100;

    /// <summary>How many tiers each may have.</summary>
    public const int MaxTiers = 6;

    private static readonly (char Unit, long Ticks)[] s_units =
        [('y', 365 * TimeSpan.TicksPerDay), ('w', 7 * TimeSpan.TicksPerDay), ('d', TimeSpan.TicksPerDay), ('h', TimeSpan.TicksPerHour), ('m', TimeSpan.TicksPerMinute), ('s', TimeSpan.TicksPerSecond)];

    private readonly IReadOnlyList<(SeriesPattern Pattern, IReadOnlyList<StorageTier> Tiers)> _all;

    private StorageTiers(IReadOnlyList<(SeriesPattern, IReadOnlyList<StorageTier>)> all) => _all = all;

    /// <summary>No series is downsampled.</summary>
    public static StorageTiers None { get; } = new([]);

    /// <summary>Whether no series is.</summary>
    public bool IsEmpty => _all.Count == 0;

    /// <summary>How many patterns there are.</summary>
    public int Count => _all.Count;

    /// <summary>Reads settings.</summary>
    /// <exception cref="ArgumentException">One of them is wrong; the message names it and says what is legal.</exception>
    public static StorageTiers Of(IList<TierSetting> settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (Faults([.. settings]) is [var first, ..]) throw new ArgumentException("LiveDash:Storage:Tiers" + (first.At < 0 ? "" : $":{first.At}:{first.Field}") + " " + first.Detail);
        return new StorageTiers([.. settings.Select(static one => (SeriesPattern.TryParse(one.Series, out var pattern) && TryParse(one.Keep, out var tiers, out _) ? (pattern!, tiers) : default))]);
    }

    /// <summary>Everything that is wrong with settings, by their places; empty where they can be read.</summary>
    public static IReadOnlyList<TierFault> Faults(IReadOnlyList<TierSetting> settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (settings.Count > MaxPatterns) return [new(-1, "", $"has at most {MaxPatterns} patterns.")];
        var faults = new List<TierFault>();
        for (var i = 0; i < settings.Count; i++)
        {
            if (settings[i] is null)
            {
                faults.Add(new(i, nameof(TierSetting.Series), "is missing: each is an object with 'series' and 'keep'."));
                continue;
            }

            if (!SeriesPattern.TryParse(settings[i].Series ?? "", out _)) faults.Add(new(i, nameof(TierSetting.Series), $"'{settings[i].Series}' is no pattern of series, such as cpu.* or cpu.load{{host=*}}."));
            if (!TryParse(settings[i].Keep, out _, out var fault)) faults.Add(new(i, nameof(TierSetting.Keep), $"'{settings[i].Keep}' {fault}"));
        }

        return faults;
    }

    /// <summary>Reads what one pattern's series are kept as.</summary>
    /// <param name="keep">Such as <c>raw for 7d, 1m for 90d</c>.</param>
    /// <param name="tiers">The tiers, from the finest.</param>
    public static bool TryRead(string keep, out IReadOnlyList<StorageTier> tiers) => TryParse(keep, out tiers, out _);

    /// <summary>The place of the pattern that counts for a series; -1 where none matches.</summary>
    public int Place(SeriesKey series)
    {
        for (var i = 0; i < _all.Count; i++)
        {
            if (_all[i].Pattern.Matches(series)) return i;
        }

        return -1;
    }

    /// <summary>The tiers of a series, from the finest; none where it is not downsampled.</summary>
    public IReadOnlyList<StorageTier> Find(SeriesKey series) => Place(series) is >= 0 and var place ? _all[place].Tiers : [];

    /// <summary>The tiers of a pattern by its place.</summary>
    public IReadOnlyList<StorageTier> this[int place] => _all[place].Tiers;

    /// <summary>A step or an age for people: <c>1m</c>.</summary>
    public static string Text(long ticks)
    {
        foreach (var (unit, length) in s_units)
        {
            if (ticks % length == 0) return string.Create(CultureInfo.InvariantCulture, $"{ticks / length}{unit}");
        }

        return string.Create(CultureInfo.InvariantCulture, $"{ticks / TimeSpan.TicksPerMillisecond}ms");
    }

    private static bool TryParse(string text, out IReadOnlyList<StorageTier> tiers, out string fault)
    {
        var found = new List<StorageTier>();
        tiers = found;
        fault = "is none of the form 'raw for 7d, 1m for 90d, 1h for 2y' (units s, m, h, d, w, y).";
        foreach (var part in (text ?? "").Split(',', StringSplitOptions.TrimEntries))
        {
            if (part.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is not [var step, "for", var keep]) return false;
            long ticks = 0;
            if (step != "raw" && !TryLength(step, out ticks)) return false;
            if (!TryLength(keep, out var age)) return false;
            found.Add(new StorageTier(ticks, age));
        }

        fault = Fault(found) ?? "";
        return fault.Length == 0;
    }

    private static string? Fault(List<StorageTier> tiers)
    {
        if (tiers.Count > MaxTiers) return $"has more than {MaxTiers} tiers.";
        for (var i = 0; i < tiers.Count; i++)
        {
            if (tiers[i].Step > TimeSpan.TicksPerDay) return "has a step of more than a day.";
            if (tiers[i].Step > tiers[i].Keep) return "has a step that is longer than it is kept.";
            if (i == 0) continue;
            if (tiers[i].Keep <= tiers[i - 1].Keep) return "must keep each tier longer than the one before.";
            if (tiers[i].Step <= tiers[i - 1].Step) return "must go from fine to coarse.";
            // So that a row of one tier belongs to one row of the next.
            if (tiers[i - 1].Step > 0 && tiers[i].Step % tiers[i - 1].Step != 0) return "must have steps each of which is a multiple of the one before.";
        }

        return null;
    }

    private static bool TryLength(string text, out long ticks)
    {
        ticks = 0;
        if (text.Length < 2 || Array.Find(s_units, unit => unit.Unit == text[^1]) is not { Ticks: > 0 } unit) return false;
        if (!int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number is < 1 or > 1_000_000) return false;
        ticks = number * unit.Ticks;
        return ticks <= 100 * s_units[0].Ticks;
    }
}
