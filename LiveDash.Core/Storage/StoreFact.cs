namespace LiveDash.Core.Storage;

/// <summary>Something of interest about a store's database: on the status page a line, in the metrics a value where it is a number.</summary>
/// <param name="Name">A few words, such as <c>lease age</c>.</param>
/// <param name="Text">What it is, for people.</param>
/// <param name="Value">What it is, for machines; null where it is no number.</param>
public sealed record StoreFact(string Name, string Text, double? Value = null);
