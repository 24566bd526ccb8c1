namespace LiveDash.Core.Configuration.Dashboards;

/// <summary>
/// A value that whoever looks at a dashboard chooses, among those that a tag has: where <c>$host</c> stands in its panels, the value does. Immutable, so safe on any thread.
/// </summary>
public sealed record DashboardVariable
{
    /// <summary>How many a dashboard may have.</summary>
    public const int MaxVariables = 10;

    /// <summary>The longest name, in characters.</summary>
    public const int MaxName = 30;

    /// <summary>The longest tag, pattern of series and value, in characters.</summary>
    public const int MaxText = 200;

    /// <summary>Its name, without the sign: a letter, then letters, digits and underscores.</summary>
    public required string Name { get; init; }

    /// <summary>The tag whose values it has.</summary>
    public required string Tag { get; init; }

    /// <summary>Of which series, as a pattern, in which variables before it may stand; empty for all.</summary>
    public string Series { get; init; } = "";

    /// <summary>True where all values at once may be chosen.</summary>
    public bool HasAll { get; init; } = true;

    /// <summary>What is chosen at first; null for all, or the first value.</summary>
    public string? Default { get; init; }

    /// <summary>What is wrong with a name, or null.</summary>
    public static string? CheckName(string name) =>
        name.Length is 0 or > MaxName || !char.IsAsciiLetter(name[0]) || !name.All(static c => char.IsAsciiLetterOrDigit(c) || c == '_') ? $"A letter, then letters, digits and underscores, {MaxName} at most." : null;

    /// <summary>What is wrong with a tag, or null.</summary>
    public static string? CheckTag(string tag) => tag.Length == 0 ? "Name the tag whose values it has, such as host." : tag.Length > MaxText ? $"At most {MaxText} characters." : null;

    /// <summary>What is wrong with the series it looks at, or null; none at all is right.</summary>
    public static string? CheckSeries(string series) => series.Length == 0 ? null : series.Length > MaxText ? $"At most {MaxText} characters." : DashboardPanelJson.CheckPattern(series);

    /// <summary>What is wrong with a value, or null.</summary>
    public static string? CheckValue(string value) => value.Length > MaxText ? $"At most {MaxText} characters." : value.Any(char.IsControl) ? "It holds a control character." : null;
}
