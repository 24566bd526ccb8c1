namespace LiveDash.Core.Query.Data;

/// <summary>The moments at which an expression is evaluated. Immutable.</summary>
/// <param name="Start">The first, in UTC ticks.</param>
/// <param name="Step">How far they are apart, in ticks; anything where there is one.</param>
/// <param name="Count">How many; at least 1 but in the grid of a subquery that holds none.</param>
public readonly record struct StepGrid(long Start, long Step, int Count)
{
    /// <summary>The last moment.</summary>
    public long End => Time(Count - 1);

    /// <summary>One moment.</summary>
    public static StepGrid At(long ticks) => new(ticks, 1, 1);

    /// <summary>A moment by its number.</summary>
    public long Time(int step) => Start + (Step * step);

    /// <summary>A moment in seconds since 1970, as expressions see it.</summary>
    public double Seconds(int step) => Epoch.Seconds(Time(step));
}
