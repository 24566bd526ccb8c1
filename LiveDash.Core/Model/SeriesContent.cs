namespace LiveDash.Core.Model;

/// <summary>What the points of a series hold: its first point decides.</summary>
public enum SeriesContent
{
    /// <summary>No point has come yet.</summary>
    Unknown,

    /// <summary>Numbers.</summary>
    Numbers,

    /// <summary>States: texts such as <c>running</c>, each a number of the series' <see cref="StateWords"/>.</summary>
    States,
}
