namespace LiveDash.Core.Configuration;

/// <summary>One change of the window settings. Immutable.</summary>
/// <param name="At">When, in UTC ticks.</param>
/// <param name="By">Who or what saved it, in words.</param>
/// <param name="What">What became of what, a line for each part.</param>
public sealed record WindowChange(long At, string By, IReadOnlyList<string> What)
{
    /// <summary>Says what differs between two settings: windows that changed, came, went or moved.</summary>
    public static IReadOnlyList<string> Describe(WindowSettings before, WindowSettings after)
    {
        var lines = new List<string>();
        if (before.Default != after.Default) lines.Add($"every series: {before.Default} to {after.Default}");
        var old = before.Overrides.DistinctBy(static one => one.Series).ToDictionary(static one => one.Series, StringComparer.Ordinal);
        foreach (var one in after.Overrides)
        {
            if (!old.Remove(one.Series, out var was)) lines.Add($"{one.Series}: {Text(one)} added");
            else if (was != one) lines.Add($"{one.Series}: {Text(was)} to {Text(one)}");
        }

        lines.AddRange(old.Values.Select(static gone => $"{gone.Series}: {Text(gone)} removed"));
        if (lines.Count == 0 && !before.Overrides.SequenceEqual(after.Overrides)) lines.Add("the order of the overrides");
        return lines;
    }

    private static string Text(WindowOverride one) => one.Lateness is { Length: > 0 } lateness ? $"{one.Window}, late up to {lateness}" : one.Window;
}
