namespace LiveDash.Core.Model;

/// <summary>A condition on one label of a series that a series without the label does not meet.</summary>
/// <param name="Label">The tag's key, or <see cref="SeriesPostings.Name"/> for the name.</param>
/// <param name="Value">The only value that meets it; null where <paramref name="Test"/> says which do.</param>
/// <param name="Test">Whether a value meets it; null where one value alone does. Called under no lock, on any thread.</param>
public readonly record struct LabelCondition(string Label, string? Value, Func<string, bool>? Test = null);
