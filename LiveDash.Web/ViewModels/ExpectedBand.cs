namespace LiveDash.Web.ViewModels;

/// <summary>What a series was expected to be, as a chart draws it. Immutable; the names are those the script reads.</summary>
/// <param name="Series">The series' canonical text.</param>
/// <param name="Width">How long a step is, in milliseconds.</param>
/// <param name="Times">When each step begins, in epoch milliseconds.</param>
/// <param name="Low">The lower edges; null where nothing was known.</param>
/// <param name="High">The upper edges.</param>
/// <param name="Strange">The anomalous stretches: from and to, in turn.</param>
public sealed record ExpectedBand(string Series, double Width, IReadOnlyList<double> Times, IReadOnlyList<double?> Low, IReadOnlyList<double?> High, IReadOnlyList<double> Strange);
