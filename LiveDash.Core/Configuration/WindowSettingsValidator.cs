using System.Globalization;
using LiveDash.Core.Model;
using LiveDash.Core.Windows;

namespace LiveDash.Core.Configuration;

/// <summary>Says what is wrong with window settings, every field at once. Stateless, so safe on any thread.</summary>
public static class WindowSettingsValidator
{
    /// <summary>How many overrides there may be: each is tried for every series.</summary>
    public const int MaxOverrides = 1_000;

    /// <summary>The most lateness.</summary>
    public static TimeSpan MaxLateness { get; } = TimeSpan.FromHours(1);

    /// <summary>Every fault; empty for good settings.</summary>
    public static IReadOnlyList<SettingFault> Validate(WindowSettings settings)
    {
        var faults = new List<SettingFault>();
        if (!WindowSpec.TryParse(settings.Default, out _, out var error)) faults.Add(new("default", error));
        var overrides = settings.Overrides ?? [];
        if (overrides.Count > MaxOverrides)
        {
            faults.Add(new("overrides", string.Create(CultureInfo.InvariantCulture, $"There may be at most {MaxOverrides:N0} overrides.")));
            return faults;
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < overrides.Count; i++) faults.AddRange(Validate(overrides[i], $"overrides[{i}]", seen));
        return faults;
    }

    /// <summary>Reads a lateness: null or empty for the default, <c>0</c> or a duration up to <see cref="MaxLateness"/>.</summary>
    public static bool TryReadLateness(string? text, out TimeSpan lateness)
    {
        lateness = WindowOptions.Default.AllowedLateness;
        if (string.IsNullOrWhiteSpace(text)) return true;
        if (text.Trim() is "0" or "0s" or "0ms")
        {
            lateness = TimeSpan.Zero;
            return true;
        }

        return DurationText.TryParse(text, out lateness) && lateness <= MaxLateness;
    }

    private static IEnumerable<SettingFault> Validate(WindowOverride? one, string place, HashSet<string> seen)
    {
        if (one is null)
        {
            yield return new(place, "An override is an object with 'series' and 'window'.");
            yield break;
        }

        if (!SeriesPattern.TryParse(one.Series ?? "", out var pattern))
        {
            yield return new($"{place}.series", "A series is a name or name{tag=value,...}, with * and ? as wildcards.");
        }
        else if (!seen.Add(pattern!.ToString()))
        {
            yield return new($"{place}.series", $"'{one.Series}' stands twice; the second would never be used.");
        }

        if (!WindowSpec.TryParse(one.Window, out _, out var error)) yield return new($"{place}.window", error);
        if (!TryReadLateness(one.Lateness, out _)) yield return new($"{place}.lateness", $"'{one.Lateness}' is not a duration from 0 s to 1 h, such as 5s.");
    }
}
