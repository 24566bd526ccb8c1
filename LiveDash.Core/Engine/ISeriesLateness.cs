namespace LiveDash.Core.Engine;

/// <summary>
/// Says how late a point of a series may come and still count in the windows that are judged. All members are thread-safe.
/// </summary>
public interface ISeriesLateness
{
    /// <summary>Raised after an answer may have changed, on any thread. Carries nothing: ask anew.</summary>
    event Action? Changed;

    /// <summary>The lateness of a series; at least zero.</summary>
    /// <param name="series">The interned series.</param>
    TimeSpan Of(int series);
}
