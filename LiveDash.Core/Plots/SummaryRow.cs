namespace LiveDash.Core.Plots;

/// <summary>What a row says that stands for several points. Immutable.</summary>
/// <param name="Count">How many.</param>
/// <param name="Least">The least of them.</param>
/// <param name="Greatest">The greatest.</param>
/// <param name="Sum">Their sum.</param>
/// <param name="Last">The last.</param>
public readonly record struct SummaryRow(long Count, double Least, double Greatest, double Sum, double Last);
