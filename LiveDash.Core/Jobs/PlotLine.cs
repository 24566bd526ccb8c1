namespace LiveDash.Core.Jobs;

/// <summary>A line of a picture that is of no stored series. Immutable.</summary>
/// <param name="Name">What the legend calls it.</param>
/// <param name="Color">Its colour, as <see cref="Model.SeriesColors"/> numbers them.</param>
/// <param name="Times">UTC ticks, ascending.</param>
/// <param name="Values">One a time; what is not finite is left out.</param>
public sealed record PlotLine(string Name, int Color, ReadOnlyMemory<long> Times, ReadOnlyMemory<double> Values);
